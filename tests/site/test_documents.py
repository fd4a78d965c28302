"""Which files are documents of a build."""

import errno
import os
from datetime import date
from typing import Any

import pytest

from fep_tools.diagnostics import CheckOptions
from fep_tools.repository import Repository

from .sites import proposal, Site, SiteMaker

CONF = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n"

PAGES = '\n[[pages]]\ndirectory = "extra"\npath = "more"\n'


def add_pages(site: Site, table: str = PAGES) -> None:
    process = site.root / "fep" / "process.toml"
    process.write_text(process.read_text("utf-8") + table, "utf-8")


def problems(site: Site) -> dict[str, str]:
    """Return what the check says about files that are not published, by their paths."""
    options = CheckOptions(date(2026, 1, 1), select=("C023",))
    found = Repository.open(site.root).check(options).diagnostics
    return {finding.path: finding.message for finding in found}


def test_no_file_takes_the_place_of_a_proposal(make_site: SiteMaker) -> None:
    texts = {"extra/index.rst": "Extra\n=====\n", "extra/more.rst": "More\n====\n"}
    site = make_site({7: proposal(7), **texts})
    add_pages(site, PAGES.replace('"more"', '"fep-0007"'))
    site.build(conf=False)
    assert "More" in site.page("fep-0007/more").text
    assert "Extra" not in site.page("fep-0007").text
    message = (
        '"extra/index.rst" is not published: "proposals/fep-0007.rst" has the same URL; rename it'
    )
    assert problems(site) == {"extra/index.rst": message}
    assert f"extra/index.rst:1: WARNING: C023 {message}" in site.warnings


def test_markdown_in_a_directory_of_pages_is_published(make_site: SiteMaker) -> None:
    text = "# Guide\n\n- [more](b.rst), [seven](../proposals/fep-0007.rst)\n- {foo}`x`\n"
    site = make_site({7: proposal(7), "extra/a.md": text, "extra/b.rst": "More\n====\n"})
    add_pages(site)
    site.build(conf=False)
    page = site.page("more/a")
    assert "Guide" in page.text
    assert {"../b/", "../../fep-0007/"} <= page.links().keys()
    assert "extra/a.md:4: ERROR: 'foo' is not allowed here" in site.warnings
    assert not problems(site)


def test_what_is_not_published_is_reported_by_check_and_build(make_site: SiteMaker) -> None:
    files = {
        "extra/a.rst": "A\n=\n\n:download:`named.csv`\n",
        "extra/named.csv": "1,2\n",
        "extra/other.csv": "1,2\n",
        "extra/UPPER.RST": "Upper\n=====\n",
        "extra/.hidden": "",
    }
    site = make_site({7: proposal(7), **files})
    (site.root / "extra/link.rst").symlink_to("a.rst")
    add_pages(site)
    site.build(conf=False)
    assert problems(site).keys() == {"extra/UPPER.RST", "extra/link.rst", "extra/other.csv"}
    assert all(f"{path}:1: WARNING: C023" in site.warnings for path in problems(site))
    add_pages(site, 'files = "*.rst"\n')
    assert problems(site).keys() == {"extra/link.rst"}


def test_a_linked_directory_of_pages_is_reported(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7), "other/a.rst": "A\n=\n"})
    (site.root / "extra").symlink_to("other")
    add_pages(site)
    assert problems(site).keys() == {"extra"}


def test_pages_that_cannot_be_read_are_reported_and_left_out(make_site: SiteMaker) -> None:
    texts = {
        "extra/large.rst": "Title\n=====\n" + "text\n" * 250_000,
        "extra/latin.rst": b"caf\xe9",
    }
    site = make_site({7: proposal(7), **texts, "extra/a.rst": "A\n=\n"})
    add_pages(site)
    site.build(conf=False)
    assert site.output.joinpath("more", "a").is_dir()
    assert not site.output.joinpath("more", "large").exists()
    assert not site.output.joinpath("more", "latin").exists()
    assert problems(site) == {
        "extra/large.rst": '"extra/large.rst" is not published: it is larger than 1 MiB',
        "extra/latin.rst": '"extra/latin.rst" is not published: it is not UTF-8',
    }


OUTSIDE = "canary-7d1a"


def test_pages_of_the_repository_are_not_read_through_links(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7), "docs/a.rst": "A\n=\n", "conf.py": CONF})
    outside = site.root.parent / "outside"
    outside.mkdir()
    for name in ("page.rst", "page.md"):
        outside.joinpath(name).write_text(f"{OUTSIDE}\n======\n", "utf-8")
    docs = site.root / "docs"
    docs.joinpath("b.rst").symlink_to(outside / "page.rst")
    docs.joinpath("c").symlink_to(outside)
    docs.joinpath("d.png").symlink_to("elsewhere.png")  # no page
    for name in ("loop", "round"):
        docs.joinpath(name).symlink_to(".")  # os.walk() would follow both 40 times
    report = site.build()
    assert report.errors == 4
    for path in ("docs/b.rst", "docs/c", "docs/loop", "docs/round"):
        assert f"{path}:1: ERROR: the file is a symbolic link, which is not " in site.warnings
    assert "d.png" not in site.warnings
    assert not any(OUTSIDE.encode() in data for data in site.files().values())
    assert site.output.joinpath("docs", "a", "index.html").is_file()


def test_pages_of_the_repository_are_read_within_limits(make_site: SiteMaker) -> None:
    large = "Title\n=====\n\n" + "text\n" * 250_000
    texts = {"docs/a.rst": large, "docs/b.rst": b"B\n=\n\ncaf\xe9\n", "docs/book.rst": large}
    site = make_site({7: proposal(7), **texts, "conf.py": CONF})
    os.mkfifo(site.root / "docs" / "c.rst")
    site.write("docs/d.rst", "D\n=\n")
    site.write("docs/d.txt", "D\n=\n")
    process = site.root / "fep" / "process.toml"
    text = process.read_text("utf-8").replace('handbook = ["', 'handbook = ["docs/book.rst", "')
    process.write_text(text, "utf-8")
    report = site.build()
    assert report.errors == 3
    assert "docs/a.rst:1: ERROR: the file is larger than 1 MiB; it is left out" in site.warnings
    assert "docs/b.rst:1: ERROR: the file is not UTF-8; it is left out" in site.warnings
    assert "docs/c.rst:1: ERROR: the file is a pipe; it is left out" in site.warnings
    assert site.output.joinpath("docs", "book", "index.html").is_file()


def test_of_two_files_for_one_page_the_first_is_read(make_site: SiteMaker) -> None:
    pytest.importorskip("myst_parser")
    files = {"docs/a.md": "# First\n", "docs/a.rst": "Second\n======\n"}
    conf = CONF.replace("']", "', 'myst_parser']", 1)
    site = make_site({7: proposal(7), **files, "conf.py": conf})
    site.build()
    assert "First" in site.page("docs/a").text
    message = "docs/a.rst:1: ERROR: the file is for the same page as docs/a.md; it is left out"
    assert message in site.warnings


def test_no_build_changes_which_files_the_next_one_reads(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7), "docs/a.md": "# First\n", "conf.py": CONF})
    pages = [site.build().pages for _ in range(2)]
    assert pages[0] == pages[1]
    assert not site.output.joinpath("docs").exists()


def test_a_page_that_moves_to_the_same_address_stays(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7), "extra/a.rst": "First\n=====\n"})
    add_pages(site, PAGES.replace('"more"', '"docs"'))
    site.build(conf=False)
    assert "First" in site.page("docs/a").text
    (site.root / "extra/a.rst").unlink()
    site.write("extra/a/index.rst", "Second\n======\n")
    site.build(conf=False)
    assert "Second" in site.page("docs/a").text


LONG = "a" * 251
CLASH = "has the name of a file that is no page, such as index.html or robots.txt"


def test_names_that_no_page_can_have_do_not_stop_the_build(make_site: SiteMaker) -> None:
    names = ("index.html", "deep/Index.HTML/views", LONG)
    texts = {f"extra/{name}.rst": "Extra\n=====\n" for name in names}
    site = make_site({7: proposal(7), **texts})
    add_pages(site)
    report = site.build(conf=False)
    assert "Typed views" in site.page("fep-0007").text
    found = {path: message.partition(": it ")[2] for path, message in problems(site).items()}
    assert found == {
        "extra/deep/Index.HTML/views.rst": CLASH,
        "extra/index.html.rst": CLASH,
        f"extra/{LONG}.rst": "has a name of more than 240 bytes",
    }
    assert report.warnings == len(names)


def test_pages_at_the_top_do_not_take_the_place_of_files(make_site: SiteMaker) -> None:
    names = ("index.html", "robots.txt", "calendar.ics", "objects.inv", "404.html", "sitemap.xml")
    conf = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n"
    pages = {f"{name}.rst": ":orphan:\n\nTheirs\n======\n" for name in names}
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": "Ours\n====\n", **pages})
    report = site.build()
    assert report.errors == len(names)
    assert f"robots.txt.rst: ERROR: the file {CLASH}; rename it; it is left out" in site.warnings
    assert "Ours" in site.page("").text


@pytest.mark.parametrize("search", ["sphinx", "pagefind"])
def test_the_directory_of_the_search_is_no_page(make_site: SiteMaker, search: str) -> None:
    conf = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n"
    theirs = ("pagefind.rst", "docs/pagefind.rst", "pagefind/views.rst")
    pages = dict.fromkeys(theirs, ":orphan:\n\nTheirs\n======\n")
    include = "include_patterns = ['**']\nexclude_patterns = ['output', 'proposals']\n"
    site = make_site(
        {7: proposal(7), "conf.py": conf + include, "index.rst": "Ours\n====\n", **pages}
    )
    report = site.build(search=search)
    assert report.errors == 2
    problem = "the file has the name of the directory of the search, pagefind; rename it"
    assert site.warnings.count(problem) == 2
    assert "Theirs" in site.page("docs/pagefind").text
    assert site.output.joinpath("search.html").is_file()


def test_a_proposal_without_a_number_does_not_take_the_place_of_a_file(
    make_site: SiteMaker,
) -> None:
    texts = {f"proposals/{name}.rst": "Title: Views\n" for name in ("index", "index.html", LONG)}
    site = make_site({7: proposal(7), **texts})
    report = site.build(conf=False)
    assert report.unreadable == 2
    assert f"index.html.rst:1: ERROR: {CLASH}; rename it; the file is left out" in site.warnings


def test_the_directory_of_a_language_is_no_page(make_site: SiteMaker) -> None:
    conf = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\nfep_languages = ['en', 'fr']\n"
    page = ":orphan:\n\nTheirs\n======\n"
    site = make_site(
        {
            7: proposal(7),
            "conf.py": conf,
            "index.rst": "Ours\n====\n",
            "FR.rst": page,
            "en.rst": page,
        }
    )
    site.build()
    problem = "FR.rst: ERROR: the file has the name of the directory of a language of the site"
    assert site.warnings.count(problem) == 2
    assert "Theirs" in site.page("en").text
    assert "Ours" in site.page("fr").text


def test_a_directory_that_cannot_be_read_is_an_error(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site(
        {7: proposal(7), "conf.py": CONF, "index.rst": "Ours\n====\n", "docs/a/b.rst": "B\n=\n"}
    )
    scan = os.scandir

    def refuse(path: os.PathLike[str] | str = ".") -> Any:
        if os.fspath(path).rstrip("/").endswith("docs/a"):
            raise PermissionError(errno.EACCES, "refused")
        return scan(path)

    monkeypatch.setattr(os, "scandir", refuse)
    assert site.build().errors == 1
    problem = "docs/a/:1: ERROR: the directory cannot be read: permission denied; it is left out"
    assert problem in site.warnings


def test_pages_that_would_be_lost_are_errors(make_site: SiteMaker) -> None:
    page = ":orphan:\n\nTheirs\n======\n"
    files = dict.fromkeys(("search.rst", "404.rst", "fep-0007.rst"), page)
    site = make_site({7: proposal(7), "conf.py": CONF, "index.rst": "Ours\n====\n", **files})
    assert site.build().errors == 3
    assert site.warnings.count("the file has the name of a page of the site itself") == 2
    assert "fep-0007.rst:1: ERROR: the file has the name of another page, such" in site.warnings
    assert "Typed views" in site.page("fep-0007").text
