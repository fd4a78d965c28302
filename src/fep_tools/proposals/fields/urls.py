"""URLs, any or those that match a pattern of the process."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from ..._text import quote
from ...process.schema import HeaderLink
from ..hosts import is_impossible_host
from .spec import FieldSpec, Piece

EXAMPLE_URL = "https://example.org/thread/7"

# No "@" before the first slash: https://ada:secret@example.org/ would publish a password, and
# https://python.org@evil.example/ looks like another host.
_URL = re.compile(r"https?://(?![^/?#]*@)[^\s/?#\"'<>`\\]+(?:[/?#][^\s\"<>`\\]*)?")
_WITH_DOMAIN = re.compile(r"https?://[\w-]+(?:\.[\w-]+)+(?:[:/?#]|$)")

_SCHEME = re.compile("https?://", re.IGNORECASE)
_AUTHORITY = re.compile(r"(?P<host>[^\s/?#:@]+)(?::(?P<port>[0-9]*))?(?=[/?#]|$)")

URL_PLACEHOLDER_PATTERNS = {
    "slug": (r"(?![0-9]+/)[\w-]+", "a-title"),
    "id": (r"[0-9]+", "42"),
    "name": (r"[\w-]+", "a-list"),
    "hash": (r"[A-Za-z0-9]+", "ABC123"),
    "month": (r"[0-9]{4}-[A-Z][a-z]+", "2001-March"),
    "serial": (r"[0-9]{6,7}", "013912"),
    "rest": (r"[^\s\"<>`\\]*", "page"),
}
"""The regular expression and an example for each placeholder of a URL pattern."""

_PLACEHOLDER = re.compile(r"\{(\w+)\}")


def is_url(text: str) -> bool:
    """Return whether *text* is a URL that may be linked: with a host and without a password.

    The host must be possible, too (see :func:`~fep_tools.proposals.hosts.is_impossible_host`).

    See docs/security.rst, *sec-markup*.
    """
    is_complete = _URL.fullmatch(text) is not None and text.isprintable()
    return is_complete and not is_impossible_host(text)


def read_url(piece: Piece, spec: FieldSpec) -> str:
    """Read a URL that the header accepts."""
    if _is_refused(piece.text, spec):
        problem = f"is {quote(piece.text)}, which this header does not accept"
        message = f"{problem}; use another URL, such as {example(spec)}"
        raise piece.error("header-url", message, value=_understood(piece.text))
    if _is_accepted(piece.text, spec):
        return piece.text
    fix = _fixed(piece.text, spec)
    hint = fix or f"a full URL, such as {example(spec)}"
    raise piece.error(
        "header-url", f"is {quote(piece.text)}; write {hint}", fix, fix or _understood(piece.text)
    )


def _understood(text: str) -> str | None:
    """Return the URL that *text* is, even if the header does not accept it."""
    url = text.strip("<>")
    return url if is_url(url) else None


def example(spec: FieldSpec) -> str:
    """Return a URL that the header accepts."""
    if not spec.header.allowed_urls:
        return EXAMPLE_URL
    return _PLACEHOLDER.sub(
        lambda match: URL_PLACEHOLDER_PATTERNS[match[1]][1], spec.header.allowed_urls[0]
    )


def _is_accepted(text: str, spec: FieldSpec) -> bool:
    if spec.header.allowed_urls:
        return any(_pattern(url).fullmatch(text) for url in spec.header.allowed_urls)
    return is_url(text)


def _is_refused(text: str, spec: FieldSpec) -> bool:
    refused = spec.header.refused_urls
    urls = equivalent_urls(text.strip("<>")) if refused else []
    patterns = [_pattern(pattern) for each in refused for pattern in equivalent_urls(each)]
    return any(pattern.fullmatch(url) for pattern in patterns for url in urls)


def equivalent_urls(url: str) -> list[str]:
    """Return the forms in which a URL, or a pattern of URLs, is compared with refused ones.

    Each begins with ``https://``. The first is as it is written. In the second, the host is in
    lower case, without a dot at its end and without the default port of the scheme, and a path that
    is missing is ``/`` (RFC 3986, section 6.2.3): the page is the same. The third has no ``www.``,
    which by custom leads to the same page, too. Two URLs are equivalent if they share a form.
    """
    scheme = _SCHEME.match(url)
    rest = url[scheme.end() :] if scheme else url
    forms = [f"https://{rest}"]
    # "www.Chat.Example.:443?page=2"; without a scheme, it is meant to be https.
    if match := _AUTHORITY.match(rest):
        host = match["host"].lower().removesuffix(".")
        default = "80" if scheme and scheme[0].lower() == "http://" else "443"
        # An empty port is the default one, too, and browsers read 0443 as a number.
        port = (match["port"] or "").lstrip("0")
        if port not in ("", default):
            host += f":{port}"
        path = rest[match.end() :]
        path = path if path.startswith("/") else f"/{path}"
        forms += [f"https://{host}{path}", f"https://{host.removeprefix('www.')}{path}"]
    return list(dict.fromkeys(forms))


def _fixed(text: str, spec: FieldSpec) -> str | None:
    """Return *text* without ``<>`` around it and with a scheme, if it is accepted then."""
    bare = text.strip("<>")
    url = bare if "://" in bare else f"https://{bare}"
    guesses = (url, url.replace("http://", "https://", 1))
    accepted = (g for g in guesses if _WITH_DOMAIN.match(g) and _is_accepted(g, spec))
    return next(accepted, None)


def find_link(address: str, links: Iterable[HeaderLink]) -> tuple[str, str] | None:
    """Return the URL and the text that the first matching of *links* has for an address.

    ``python-dev@python.org`` may be a link to the archive of that list.
    """
    for link in links:
        for match in filter(None, (_pattern(each).fullmatch(address) for each in link.patterns)):
            parts = match.groupdict()
            url, text = (_fill(template, parts) for template in (link.url or address, link.text))
            if is_url(url) and (not link.names or parts["name"] in link.names):
                return url, text
    return None


def _fill(template: str, parts: dict[str, str]) -> str:
    # Not str.format(), which would fill braces that the address has.
    return _PLACEHOLDER.sub(lambda match: parts.get(match[1], match[0]), template)


@cache
def _pattern(url_pattern: str) -> re.Pattern[str]:
    # Every other part is a placeholder, as in records. Of several with a name, the first has it.
    parts = _PLACEHOLDER.split(url_pattern)
    pattern = "".join(
        f"({f'?P<{part}>' if part not in parts[:position] else ''}"
        f"{URL_PLACEHOLDER_PATTERNS[part][0]})"
        if position % 2
        else re.escape(part)
        for position, part in enumerate(parts)
    )
    return re.compile(pattern, re.ASCII | re.IGNORECASE)
