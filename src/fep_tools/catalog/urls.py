"""URLs and paths of what is published.

Paths are relative to the root of the site and are made of numbers and names alone. An absolute
URL needs the URL of the site; if that is unknown, links are relative or left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from .._text import digest, escape_surrogates, quote, slugify
from ..errors import ConfigError
from ..proposals.fields import is_url

CALENDAR = "calendar.ics"
EVENTS = "feeds/all.atom"

MAX_SLUG_LENGTH = 50


@dataclass(frozen=True)
class SiteUrls:
    """The URL of the site and the pages of proposals.

    :param base: The URL of the site with a slash at the end; empty if it is unknown.
    :param pages: The pages by number: paths, or URLs for pages on another site.
    """

    base: str = ""
    pages: Mapping[int, str] = field(default_factory=dict)

    def absolute(self, path: str) -> str:
        """Return the URL of *path*; empty if the URL of the site is unknown."""
        return f"{self.base}{path}" if self.base else ""

    @property
    def has_site(self) -> bool:
        """True if there is a site that can be linked, by its URL or by relative links."""
        return bool(self.base) or any("://" not in path for path in self.pages.values())

    def link(self, path: str, start: str) -> str:
        """Return a link to *path* for the file *start*: absolute if possible, else relative."""
        return self.absolute(path) or relative(path, start)

    def page(self, number: int) -> str:
        """Return the absolute URL of a proposal's page; empty if it is unknown."""
        path = self.pages.get(number, "")
        return self.absolute(path) if path and "://" not in path else path


def site_address(url: str, option: str) -> str:
    """Return the URL of a site with a slash at the end; empty if *url* is.

    :param option: The name of the option that has the URL, for the message.
    :raises ConfigError: If it is not an absolute URL, or has a query or a fragment.
    """
    if not url:
        return ""
    if not is_url(url) or "?" in url or "#" in url:
        raise ConfigError(
            f"{option} {quote(url)} is not the URL of a site; "
            "write it like https://example.org/feps/"
        )
    return f"{url.rstrip('/')}/"


def relative(path: str, start: str) -> str:
    """Return *path* as a relative link in the file *start*.

    From ``feeds/all.atom``, ``fep-0011/`` is ``../fep-0011/``. A directory keeps its slash.
    """
    link = posixpath.relpath(path or ".", posixpath.dirname(start) or ".")
    return f"{link}/" if path.endswith("/") or not path else link


def status_feed_url(status: str) -> str:
    """Return the path of the feed of changes to *status*."""
    return f"feeds/status/{slug(status)}.atom"


def topic_feed_url(topic: str) -> str:
    """Return the path of the feed of proposals on *topic*."""
    return f"feeds/topic/{slug(topic)}.atom"


def feed_url(number: int) -> str:
    """Return the path of the feed of one proposal."""
    return f"feeds/proposals/{number:04}.atom"


def badge_url(number: int) -> str:
    """Return the path of the badge of one proposal."""
    return f"badge/{number}.svg"


def slug(name: str) -> str:
    """Return *name* as part of a URL: lowercase letters, digits and hyphens.

    Names that differ only in case, or in a space instead of a hyphen, have the same slug. Any
    other name that loses characters gets a digest, so that no two names share a path: ``C++``
    becomes ``c-`` and eight hexadecimal digits.
    """
    plain = slugify(name, MAX_SLUG_LENGTH)
    is_lossless = re.fullmatch(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*", name) is not None
    if is_lossless and len(name) <= MAX_SLUG_LENGTH:
        return plain
    suffix = digest(escape_surrogates(name).encode(), 4).hex()
    return f"{plain}-{suffix}" if plain else suffix
