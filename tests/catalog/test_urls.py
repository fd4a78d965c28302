"""URLs and paths of what is published."""

from __future__ import annotations

import pytest

from fep_tools.catalog.urls import relative, site_address, SiteUrls, slug, topic_feed_url
from fep_tools.errors import ConfigError


@pytest.mark.parametrize(
    ("path", "start", "link"),
    [
        ("fep-0011/", "feeds/all.atom", "../fep-0011/"),
        ("fep-0011/", "index.html", "fep-0011/"),
        ("", "feeds/all.atom", "../"),
        ("", "index.html", "./"),
        ("api/proposals.json", "fep-0011/index.html", "../api/proposals.json"),
    ],
)
def test_relative_links(path: str, start: str, link: str) -> None:
    assert relative(path, start) == link
    assert SiteUrls().link(path, start) == link


@pytest.mark.parametrize(
    ("base", "pages", "page", "has_site"),
    [
        ("", {}, "", False),
        ("", {7: "fep-0007/"}, "", True),
        ("https://example.org/", {7: "fep-0007/"}, "https://example.org/fep-0007/", True),
        ("", {7: "https://peps.python.org/pep-0007/"}, "https://peps.python.org/pep-0007/", False),
        ("https://example.org/", {}, "", True),
    ],
)
def test_the_url_of_a_page(base: str, pages: dict[int, str], page: str, has_site: bool) -> None:
    urls = SiteUrls(base, pages)
    assert (urls.page(7), urls.has_site) == (page, has_site)


@pytest.mark.parametrize(
    ("url", "normal"),
    [
        ("", ""),
        ("https://example.org", "https://example.org/"),
        ("https://example.org/feps//", "https://example.org/feps/"),
    ],
)
def test_the_url_of_a_site(url: str, normal: str) -> None:
    assert site_address(url, "--base-url") == normal


@pytest.mark.parametrize(
    "url", ["example.org", "javascript:alert(1)", "https://example.org/?a", "https://x.org/#a"]
)
def test_the_url_of_a_site_is_rejected(url: str) -> None:
    with pytest.raises(ConfigError, match=r'^--base-url ".*" is not the URL of a site; write it'):
        site_address(url, "--base-url")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Core", "core"),
        ("core", "core"),
        ("Cross-Framework", "cross-framework"),
        ("Cross Framework", "cross-framework"),
        ("C++", "c-f1d81f50"),
    ],
)
def test_slugs(name: str, expected: str) -> None:
    assert slug(name) == expected


def test_names_that_lose_characters_do_not_share_a_path() -> None:
    names = ["Core", "Cross-Framework", "../../x", "a/b", "ab", "\u0430b", "", "é", "x" * 99]
    paths = [topic_feed_url(name) for name in names]
    assert len(set(paths)) == len(names)
    assert all(path.count("/") == 2 and path.isascii() and ".." not in path for path in paths)
