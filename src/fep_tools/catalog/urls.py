"""Where what is published stands: one scheme, made of numbers and names alone.

Paths are seen from the top of the site. An absolute address needs the site's own, which only
whoever puts it online knows; without it, what can be is relative, and the rest is left out.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import blake2b

from .._text import quote, slugify
from ..errors import ConfigError
from ..proposals.fields import is_url

CALENDAR = "calendar.ics"
EVENTS = "feeds/all.atom"


@dataclass(frozen=True)
class SiteUrls:
    """The pages of proposals by number; *base* is the site's own address, or empty."""

    base: str = ""
    pages: Mapping[int, str] = field(default_factory=dict)

    def absolute(self, path: str) -> str:
        """The whole address of *path*; empty where the site's own is not known."""
        return f"{self.base}{path}" if self.base else ""

    @property
    def known(self) -> bool:
        """Whether there is a site, here or at its own address, that can be linked."""
        return bool(self.base) or any("://" not in path for path in self.pages.values())

    def link(self, path: str, start: str) -> str:
        """The address of *path* as the file *start* has to write it."""
        return self.absolute(path) or relative(path, start)

    def page(self, number: int) -> str:
        """The whole address of a proposal's page; empty where that is not known."""
        path = self.pages.get(number, "")
        return self.absolute(path) if path and "://" not in path else path


def site_address(given: str, name: str) -> str:
    """The address of a site, with the slash that its pages are joined to; empty for none.

    Raises :class:`ConfigError` for what is no address; *name* is where it was *given*.
    """
    if not given:
        return ""
    if not is_url(given) or "?" in given or "#" in given:
        written = quote(given)
        raise ConfigError(f"{name} is {written}; write it like https://example.org/feps/")
    return f"{given.rstrip('/')}/"


def relative(path: str, start: str) -> str:
    """*path* as a link in the file *start* writes it; a folder keeps its slash."""
    way = posixpath.relpath(path or ".", posixpath.dirname(start) or ".")
    return f"{way}/" if path.endswith("/") or not path else way


def status_feed_url(status: str) -> str:
    """The path of the feed of everything that came to be of *status*."""
    return f"feeds/status/{slug(status)}.atom"


def topic_feed_url(topic: str) -> str:
    """The path of the feed of the proposals on *topic*."""
    return f"feeds/topic/{slug(topic)}.atom"


def feed_url(number: int) -> str:
    """The path of the feed of one proposal."""
    return f"feeds/proposals/{number:04}.atom"


def slug(name: str) -> str:
    """*name* as a part of an address: small letters and digits.

    Names are one that differ in case alone, or in a hyphen for a blank. A name that has
    anything else gets a few digits that stand for it, and is never taken for another.
    """
    plain = slugify(name)
    if re.fullmatch(r"[A-Za-z0-9]+(?:[ -][A-Za-z0-9]+)*", name) and len(name) <= 50:
        return plain
    digest = blake2b(name.encode("utf-8", "backslashreplace"), digest_size=4).hexdigest()
    return f"{plain}-{digest}" if plain else digest
