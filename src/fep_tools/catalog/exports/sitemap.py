"""What tells search engines of the pages: ``sitemap.xml`` and ``robots.txt``.

Both speak of whole addresses; where the site's own is not known, there is no sitemap, and
``robots.txt`` names none.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from xml.etree import ElementTree

from ..urls import SiteUrls
from ._xml import add, document

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def files(pages: Mapping[str, datetime.date | None], addresses: SiteUrls) -> dict[str, bytes]:
    """Both files by path; *pages* are paths, and the days on which they last changed."""
    rules = "User-agent: *\nAllow: /\n"
    if not addresses.base:
        return {ROBOTS: rules.encode()}
    rules += f"\nSitemap: {addresses.absolute(SITEMAP)}\n"
    return {ROBOTS: rules.encode(), SITEMAP: _sitemap(pages, addresses)}


def _sitemap(pages: Mapping[str, datetime.date | None], addresses: SiteUrls) -> bytes:
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for path, changed in sorted(pages.items(), key=lambda page: page[0]):
        url = add(root, "url")
        add(url, "loc", addresses.absolute(path))
        if changed is not None:
            add(url, "lastmod", changed.isoformat())
    return document(root)
