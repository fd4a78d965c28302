"""``sitemap.xml`` and ``robots.txt`` for search engines."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from xml.etree import ElementTree

from ..urls import SiteUrls
from ._xml import add, to_bytes

SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def files(pages: Mapping[str, datetime.date | None], urls: SiteUrls) -> dict[str, bytes]:
    """Return both files by path.

    Sitemaps need absolute URLs. If the URL of the site is unknown, there is none.

    :param pages: The paths of all pages, with the day of the last change if it is known.
    """
    robots = "User-agent: *\nAllow: /\n"
    if not urls.base:
        return {ROBOTS: robots.encode()}
    robots += f"\nSitemap: {urls.absolute(SITEMAP)}\n"
    return {ROBOTS: robots.encode(), SITEMAP: _sitemap(pages, urls)}


def _sitemap(pages: Mapping[str, datetime.date | None], urls: SiteUrls) -> bytes:
    root = ElementTree.Element("urlset", xmlns=NAMESPACE)
    for path, changed in sorted(pages.items(), key=lambda page: page[0]):
        url = add(root, "url")
        add(url, "loc", urls.absolute(path))
        if changed is not None:
            add(url, "lastmod", changed.isoformat())
    return to_bytes(root)
