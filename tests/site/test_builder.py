"""Building again: what is read and written then, and that it is the same as building at once."""

from __future__ import annotations

import os
import shutil
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sphinx

from fep_tools.errors import RepositoryError
from fep_tools.site import content, reading
from fep_tools.site.builder import SiteBuilder
from fep_tools.site.options import BuildReport

from ..history.repositories import Made
from .sites import contents, proposal, Site, SiteMaker

pytestmark = pytest.mark.slow

FILES = {
    1: proposal(1, "First", body="See :fep:`2`.\n\n.. image:: one.png\n"),
    2: proposal(2, "Second", Requires="3"),
    3: proposal(3, "Third"),
    4: proposal(4, "Fourth"),
    "proposals/one.png": b"\x89PNG\r\n\x1a\n" + bytes(16),
}


@pytest.fixture
def site(make_site: SiteMaker) -> Site:
    source = make_site(dict(FILES))
    source.build()
    return source


def written(site: Site, **options: int) -> tuple[BuildReport, set[str]]:
    """Build again: the report, and the directories of the pages that were really written."""
    before = {path: path.stat().st_mtime_ns for path in site.output.rglob("index.html")}
    report = site.build(**options)
    after = {path: path.stat().st_mtime_ns for path in site.output.rglob("index.html")}
    fresh = (p for p, time in after.items() if before.get(p) != time and not leads_on(p))
    return report, {path.parent.relative_to(site.output).as_posix() for path in fresh}


def leads_on(path: Path) -> bool:
    """Whether it is no page, but leads to one."""
    return b'http-equiv="refresh"' in path.read_bytes()


def test_an_unchanged_site_is_not_written(site: Site) -> None:
    report, pages = written(site)
    assert (report.read, report.written, pages) == (0, 0, set())


def test_touched_files_are_not_read(site: Site) -> None:
    for path in site.root.rglob("*.rst"):
        os.utime(path)
    assert written(site)[0].read == 0


def a_body(site: Site) -> None:
    site.write("proposals/fep-0002.rst", proposal(2, "Second", Requires="3", body="Other.\n"))


def a_title(site: Site) -> None:
    site.write("proposals/fep-0002.rst", proposal(2, "Other", Requires="3"))


def a_status(site: Site) -> None:
    site.write("proposals/fep-0004.rst", proposal(4, "Fourth", Status="Active"))


def a_relation(site: Site) -> None:
    site.write("proposals/fep-0002.rst", proposal(2, "Second", Requires="4"))


def a_new_one(site: Site) -> None:
    site.write("proposals/fep-0005.rst", proposal(5, "Fifth"))


def one_less(site: Site) -> None:
    site.root.joinpath("proposals/fep-0002.rst").unlink()


def another_number(site: Site) -> None:
    site.root.joinpath("proposals/fep-0004.rst").unlink()
    site.write("proposals/fep-0006.rst", proposal(6, "Fourth"))


def another_image(site: Site) -> None:
    site.write("proposals/one.png", b"\x89PNG\r\n\x1a\n" + bytes(17))


def no_image(site: Site) -> None:
    site.write("proposals/fep-0001.rst", proposal(1, "First", body="See :fep:`2`.\n"))


def a_broken_one(site: Site) -> None:
    site.write("proposals/fep-0004.rst", b"\xff")


def a_word_in_latin_1(site: Site) -> None:
    site.write("proposals/fep-0004.rst", proposal(4, "Fourth", body="Café.\n").encode("latin-1"))


def a_process(site: Site) -> None:
    path = site.root / "fep" / "process.toml"
    path.write_text(path.read_text("utf-8").replace('"Drafts"', '"Being written"'), "utf-8")


Change = Callable[[Site], None]
ALWAYS = set() if sphinx.version_info >= (9,) else {"."}
"""What Sphinx itself wants written, in old versions."""

PICTURES = {".", "figures", "timelines"}
"""The pages that draw all proposals; Sphinx writes the page whose contents name them too."""
EVERY = {".", "fep-0001", "fep-0002", "fep-0003", "fep-0004", "process", "rules"} | PICTURES
ROWS = {
    "author/ada-lovelace", "list/looking-for-a-sponsor", "number", "status/draft", "type/process",
}  # fmt: skip
"""The lists that every proposal is in."""

COUNTS = {"author", "status", "type"}
"""The pages that say how many proposals are in each list."""

LISTS = ROWS | COUNTS
SIMILAR = {"fep-0003", "fep-0004"}
"""The proposals whose pages name others with words in common."""

CHANGES: list[tuple[Change, int, set[str]]] = [
    # What is similar to a proposal depends on the words of all.
    (a_body, 1, {"fep-0002"} | SIMILAR),
    (a_title, 1, {".", "fep-0001", "fep-0002", "fep-0003"} | ROWS | PICTURES),
    (
        a_status,
        1,
        {".", "fep-0004", "status/active", "list/due-for-review"} | LISTS | PICTURES,
    ),
    (a_relation, 1, {"fep-0002", "fep-0003", "fep-0004"} | PICTURES),
    (a_new_one, 1, {".", "fep-0004", "fep-0005"} | LISTS | PICTURES),
    (one_less, 0, {".", "fep-0001"} | SIMILAR | LISTS | PICTURES),
    (another_number, 1, {".", "fep-0003", "fep-0006"} | ROWS | PICTURES),
    (another_image, 1, {"fep-0001"}),
    (no_image, 1, {"fep-0001"}),
    (a_broken_one, 1, {".", "fep-0002"} | SIMILAR | LISTS | PICTURES),
    (a_word_in_latin_1, 1, {"fep-0002"} | SIMILAR),
    (a_process, 9, EVERY | LISTS),
]


@pytest.mark.parametrize(
    ("change", "read", "pages"), CHANGES, ids=lambda x: getattr(x, "__name__", "")
)
def test_a_change_writes_only_the_pages_that_show_it(
    site: Site, change: Change, read: int, pages: set[str]
) -> None:
    """Only the pages that show it are written, and all is as if it had been built at once."""
    change(site)
    report, fresh = written(site)
    assert (report.read, fresh) == (read, pages | ALWAYS)
    at_once = site.with_output("at-once")
    at_once.build()
    assert site.files() == at_once.files()
    assert written(site)[0].written == 0


@pytest.mark.parametrize("name", ["proposals/fep-0003.rst", "docs/page.rst"])
def test_a_text_that_changes_during_a_build_is_read_by_the_next(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    site = make_site({3: proposal(3, body="Old.\n"), "docs/page.rst": "Old\n===\n"})
    read = reading.read_past
    old = site.root.joinpath(name).read_text("utf-8")

    def change(*arguments: Any) -> reading.Past:
        site.write(name, old.replace("Old", "New"))
        return read(*arguments)

    monkeypatch.setattr(content, "read_past", change)
    site.build()
    monkeypatch.undo()
    site.build()
    fresh = site.with_output("fresh")
    fresh.build()
    assert site.files() == fresh.files()


def test_a_text_that_stays_unreadable_is_read_again(site: Site) -> None:
    """Sphinx reads another file instead, whose time does not change."""
    for word in ("Café", "Fiancé"):
        text = proposal(4, "Fourth", body=f"{word}.\n")
        site.write("proposals/fep-0004.rst", text.encode("latin-1"))
        site.build()
        page = (site.output / "fep-0004" / "index.html").read_text("utf-8")
        assert f"{word}." in page
        assert "Source: <code>proposals/fep-0004.rst</code>" in page


@pytest.mark.parametrize("pages", [0, 1, 4, 12])
@pytest.mark.parametrize("goes_on", [True, False], ids=["goes on", "goes back"])
def test_an_interrupted_build_is_completed(
    site: Site, monkeypatch: pytest.MonkeyPatch, pages: int, goes_on: bool
) -> None:
    """Also if the sources are what they were before the build that was interrupted."""
    before = site.root.joinpath("proposals/fep-0002.rst").read_bytes()
    a_title(site)
    written_pages: list[str] = []

    def interrupted(builder: SiteBuilder, page: str, *args: Any, **kwargs: Any) -> None:
        if len(written_pages) == pages:
            raise KeyboardInterrupt
        written_pages.append(page)
        handle_page(builder, page, *args, **kwargs)

    handle_page = SiteBuilder.handle_page
    monkeypatch.setattr(SiteBuilder, "handle_page", interrupted)
    with pytest.raises(KeyboardInterrupt):
        site.build()
    monkeypatch.undo()
    if not goes_on:
        site.write("proposals/fep-0002.rst", before)
    site.build()
    at_once = site.with_output("at-once")
    at_once.build()
    assert site.files() == at_once.files()
    assert written(site)[1] - ALWAYS == set()


@pytest.mark.parametrize("jobs", [1, 2])
def test_pages_that_cannot_be_written_are_an_error(
    site: Site, monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    """Sphinx only warns. A page is written whole or not at all."""
    before = site.files()
    a_title(site)
    write_text = Path.write_text

    def full(path: Path, text: str, *args: Any, **kwargs: Any) -> int:
        if path.parent.name == "fep-0003":
            write_text(path, text[:100], *args, **kwargs)
            raise OSError(28, "No space left on device")
        return write_text(path, text, *args, **kwargs)

    monkeypatch.setattr(Path, "write_text", full)
    with pytest.raises(
        RepositoryError, match=r"fep-0003/index\.html: cannot be written; is the disk"
    ):
        site.build(jobs=jobs)
    assert site.files().keys() == before.keys()
    assert site.files()["fep-0003/index.html"] == before["fep-0003/index.html"]
    monkeypatch.undo()
    site.build()
    at_once = site.with_output("at-once")
    at_once.build()
    assert site.files() == at_once.files()


@pytest.mark.parametrize("page", ["fep-0001", "status/draft"])
def test_pages_of_another_size_are_written_again(site: Site, page: str) -> None:
    before = site.files()
    site.output.joinpath(page, "index.html").write_bytes(b"")
    assert written(site)[1] - ALWAYS == {page}
    assert site.files() == before


def test_deleted_pages_are_written_again(site: Site) -> None:
    before = site.files()
    shutil.rmtree(site.output / "fep-0001")
    assert written(site)[1] == {"fep-0001"} | ALWAYS
    assert site.files() == before


@pytest.mark.parametrize("jobs", [2, 3])
def test_parallel_builds_give_the_same_files(make_site: SiteMaker, jobs: int) -> None:
    many = {n: proposal(n, f"Number {n}", body=f":fep:`{n + 1}` :fep:`99`\n") for n in range(1, 25)}
    site = make_site(many)
    first = site.build(jobs=1)
    other = site.with_output(f"jobs-{jobs}")
    assert other.build(jobs=jobs) == first.__class__(
        **{**vars(first), "index": other.output / "index.html"}
    )
    assert other.files() == site.files()


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_redirect_takes_the_place_of_a_page(make_site: SiteMaker, jobs: int) -> None:
    site = make_site({n: proposal(n, f"Number {n}") for n in range(1, 12)})
    site.build(jobs=jobs)
    assert "Number 3" in site.html("fep-0003")
    site.root.joinpath("proposals/fep-0003.rst").unlink()
    site.write("proposals/fep-0004.rst", proposal(4, "Renamed"))
    process = site.root.joinpath("fep/process.toml").read_text("utf-8")
    site.write("fep/process.toml", f"{process}\n[[redirect]]\nfrom = 3\nto = 4\n")
    for _build in range(2):
        site.build(jobs=jobs)
        assert 'http-equiv="refresh"' in site.html("fep-0003")
    site.write("fep/process.toml", process)
    site.build(jobs=jobs)
    assert not site.output.joinpath("fep-0003").exists()


def test_sources_are_not_written(make_site: SiteMaker) -> None:
    site = make_site(dict(FILES))
    times = {path: path.stat().st_mtime_ns for path in sorted(site.root.rglob("*"))}
    before = contents(site.root)
    site.build(jobs=2)
    assert contents(site.root) == before
    assert {path: path.stat().st_mtime_ns for path in sorted(site.root.rglob("*"))} == times


def test_read_only_sources(make_site: SiteMaker) -> None:
    site = make_site(dict(FILES))
    directories = [site.root, *(path for path in site.root.rglob("*") if path.is_dir())]
    for directory in directories:
        directory.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert site.build().written == 9
    finally:
        for directory in directories:
            directory.chmod(stat.S_IRWXU)


def test_a_site_without_its_styles_is_no_site(make_site: SiteMaker) -> None:
    """Sphinx would print "cannot copy static file FileExistsError(17, 'File exists')"."""
    site = make_site({7: proposal(7)})
    site.output.mkdir()
    site.output.joinpath("_static").write_text("not a directory", "utf-8")
    with pytest.raises(RepositoryError, match="_static: cannot be written: file exists"):
        site.build()
    site.output.joinpath("_static").unlink()
    site.build()
    assert "cannot copy" not in site.warnings


def test_output_inside_the_repository(make_site: SiteMaker) -> None:
    source = make_site({7: proposal(7), "conf.py": "", "index.rst": "Ours\n====\n"})
    Made(source.root).commit({})
    site = Site(source.root, source.root / "build" / "site", source.cache)
    assert site.build().pages == 2
    assert site.build().read == 0
    assert not list(Path(site.output).rglob("*.rst"))


@pytest.mark.parametrize("before", [b"no picture", None])
def test_a_corrected_image_is_published(make_site: SiteMaker, before: bytes | None) -> None:
    files: dict[int | str, str | bytes] = {
        1: proposal(1, "First", body=".. image:: one.png\n   :alt: One\n")
    }
    if before is not None:
        files["proposals/one.png"] = before
    site = make_site(files)
    site.build()
    assert not (site.output / "_images" / "one.png").exists()
    site.write("proposals/one.png", b"\x89PNG\r\n\x1a\n" + bytes(16))
    assert site.build().read == 1
    assert (site.output / "_images" / "one.png").is_file()
    assert [image["alt"] for image in site.page("fep-0001").all("img")] == ["One"]


def test_files_of_others_among_the_images_stay(make_site: SiteMaker) -> None:
    png = b"\x89PNG\r\n\x1a\n" + bytes(16)
    text = proposal(1, "First", body=".. image:: one.png\n   :alt: One\n")
    site = make_site({1: text, "proposals/one.png": png})
    images = site.output / "_images"
    images.joinpath("album").mkdir(parents=True)
    images.joinpath("photo.png").write_bytes(png)
    site.build()
    assert images.joinpath("one.png").is_file()
    site.write("proposals/fep-0001.rst", proposal(1, "First").encode())
    site.build()
    assert sorted(path.name for path in images.iterdir()) == ["album", "photo.png"]


def test_a_missing_image_is_read_once(make_site: SiteMaker) -> None:
    site = make_site({1: proposal(1, "First", body=".. image:: one.png\n   :alt: One\n")})
    site.build()
    assert site.build().read == 0
