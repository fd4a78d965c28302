"""Limits on reading pages and translations, which no worker process has judged."""

from __future__ import annotations

import errno
import os
import pickle
import re
import sys
import time
from typing import Any

import pytest
from sphinx.builders.text import TextBuilder
from sphinx.directives.other import Only
from sphinx.environment import BuildEnvironment
from sphinx.errors import ThemeError
from sphinx.roles import Abbreviation

from fep_tools.proposals.pool import HAS_TIMER
from fep_tools.site import limits, open_markup, page_process
from fep_tools.site.builder import SiteBuilder

from .sites import proposal, Site, SiteMaker

DEEP = "* " * 2000 + "x"
SLOW = "a_ " * 30_000
BODY = "Abstract\n========\n\nHello.\n"
CONF = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\nlanguage = 'fr'\n"


def po(text: str, message: str = "Hello.") -> str:
    """Return a translation, written in lines that are not too long."""
    lines = "".join(f'"{text[at : at + 4000]}"\n' for at in range(0, len(text), 4000))
    header = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
    return f'{header}msgid "{message}"\nmsgstr ""\n{lines}'


def translated(make_site: SiteMaker, text: str) -> Site:
    name = "locales/fr/LC_MESSAGES/fep-0007.po"
    return make_site({7: proposal(7, body=BODY), "conf.py": CONF, name: po(text)})


def test_a_translation_that_is_nested_too_deeply_is_not_used(make_site: SiteMaker) -> None:
    site = translated(make_site, DEEP)
    report = site.build()
    assert report.errors == 1
    assert "fep-0007.rst: ERROR: the translation is nested too deeply to read" in site.warnings
    assert "Hello." in site.page("fep-0007").text


@pytest.fixture
def dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forget what Python drops in a callback of its garbage collector: Hypothesis has one.

    The limit comes again a moment later, and would end pytest's own report on the first time.
    """
    report = sys.unraisablehook

    def report_others(found: sys.UnraisableHookArgs) -> None:
        if not issubclass(found.exc_type, page_process.Exceeded):
            report(found)

    monkeypatch.setattr(sys, "unraisablehook", report_others)


dropping = pytest.mark.usefixtures("dropped")


@dropping
@pytest.mark.skipif(not HAS_TIMER, reason="the system has no such timer")
def test_a_limit_that_ends_in_a_finalizer_ends_the_page_all_the_same() -> None:
    class Slow:
        def __del__(self) -> None:
            use_processor(0.3)

    def use_processor(seconds: float) -> None:
        end = time.process_time() + seconds
        while time.process_time() < end:
            continue

    @page_process.limited_time(0.1, limits.TOO_SLOW)
    def read() -> None:
        Slow()
        use_processor(60)

    with pytest.raises(page_process.Exceeded):
        read()


@dropping
@pytest.mark.skipif(not HAS_TIMER, reason="the system has no such timer")
def test_a_translation_that_takes_too_long_is_not_used(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 1.0)
    site = translated(make_site, SLOW)
    report = site.build()
    assert report.errors == 1
    assert "fep-0007.rst: ERROR: the translation takes too long to read" in site.warnings
    assert "Hello." in site.page("fep-0007").text


@pytest.mark.parametrize("suffix", [".rst", ".md"])
def test_a_page_that_is_nested_too_deeply_is_shown_as_it_is_written(
    make_site: SiteMaker, suffix: str
) -> None:
    if suffix == ".md":
        pytest.importorskip("myst_parser")
    conf = CONF if suffix == ".rst" else CONF.replace("']", "', 'myst_parser']", 1)
    page = f"docs/deep{suffix}"
    text = DEEP if suffix == ".rst" else "Deep\n\n" + "> " * 90 + "x"
    site = make_site({7: proposal(7), "conf.py": conf, "index.rst": "Ours\n====\n", page: text})
    report = site.build()
    assert report.errors == 1
    assert f"{page}: ERROR: the text is nested too deeply to read" in site.warnings
    assert text.strip().split()[-1] in site.page("docs/deep").text
    assert "Ours" in site.page("").text


@dropping
@pytest.mark.skipif(not HAS_TIMER, reason="the system has no such timer")
def test_a_page_that_takes_too_long_is_shown_as_it_is_written(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_SECONDS", 1.0)
    files: dict[str | int, str | bytes] = {7: proposal(7), "conf.py": CONF}
    site = make_site({**files, "index.rst": "Ours\n====\n", "docs/slow.rst": SLOW})
    report = site.build()
    assert report.errors == 1
    assert "docs/slow.rst: ERROR: the text takes too long to read" in site.warnings
    assert "a_ a_ a_" in site.page("docs/slow").text


def test_pages_of_the_handbook_have_no_limits(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_LEVELS", 1)
    site = make_site({7: proposal(7), "conf.py": CONF, "index.rst": "Ours\n====\n"})
    process = site.root / "fep" / "process.toml"
    text = process.read_text("utf-8")
    process.write_text(re.sub("handbook = .*", 'handbook = ["index.rst"]', text), "utf-8")
    report = site.build()
    assert report.errors == 1  # of the proposal
    assert "index.rst" not in site.warnings


@dropping
@pytest.mark.skipif(not HAS_TIMER, reason="the system has no such timer")
def test_a_translation_of_the_handbook_that_takes_too_long_is_not_used(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page itself may take as long as it likes."""
    page = "API\n===\n\nHello.\n\n" + "* " * 90 + "x\n"
    name = "locales/fr/LC_MESSAGES/docs.po"
    monkeypatch.setattr(limits, "MAX_SECONDS", 1.0)
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/api.rst": page, name: po(SLOW)})
    report = site.build()
    assert report.errors == 1
    assert "docs/api.rst: ERROR: the translation takes too long to read" in site.warnings
    assert "Hello." in site.page("docs/api").text


def test_a_translation_with_a_hidden_character_is_not_used(make_site: SiteMaker) -> None:
    site = translated(make_site, "Bonjour \u202e.")
    site.build()
    warning = 'the translation of "Hello." has the invisible character U+202E; it is left out'
    assert warning in site.warnings
    assert "Hello." in site.page("fep-0007").text


def test_a_translation_may_have_marks_of_direction(make_site: SiteMaker) -> None:
    site = translated(make_site, "Bonjour\u200f.")
    site.build()
    assert site.warnings == ""
    assert "Bonjour\u200f." in site.page("fep-0007").text


SLOW_LINK = ":cpp:any:`a<a<a<a<a<a<a<a<a<b`"
ROWS = f"   {',' * 4900}\n" + "   a\n" * 30_000
HIDDEN = "has the invisible character U+202E; it is left out"


@pytest.mark.parametrize(
    ("text", "warning"),
    [
        (SLOW_LINK, "the role 'cpp:any' may read files, run code or take long"),
        (":any:`a`", "the role 'any' may read files, run code or take long"),
        (".. default-domain:: cpp", "the directive 'default-domain' may read files, run code"),
        (".. cpp:function:: int f()", "the directive 'cpp:function' may read files, run code"),
        (f".. csv-table::\n\n{ROWS}", "the table has more than 50,000 cells; make it smaller"),
        (".. toctree::\n\n" + "   b\n" * 3, "2 pages listed again, and left out"),
        ("Page \u202e", HIDDEN),
        (f".. productionlist::\n   {'a' * 101}: b\n   c: d", "has a name of more than 100 charact"),
        (".. _f:\n\nB\n-\n\n:numref:`%y <f>`", "'%y' is not linked; write 'Figure %s', or {name}"),
        (".. _f:\n\nB\n-\n\n:numref:`%9999999999s <f>`", "'%9999999999s' is not linked; write"),
        (".. _f:\n\nB\n-\n\n:numref:`{number.x} <f>`", "'{number.x}' is not linked; write"),
    ],
    ids=[
        "c++",
        "any",
        "domain",
        "object",
        "table",
        "contents",
        "hidden",
        "grammar",
        "conversion",
        "width",
        "attribute",
    ],
)
def test_a_page_costs_no_more_than_it_is_worth(
    make_site: SiteMaker, text: str, warning: str
) -> None:
    page, other = f":orphan:\n\nA\n=\n\n{text}\n", ":orphan:\n\nB\n=\n"
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": page, "docs/b.rst": other})
    site.build()
    assert warning in site.warnings


class InATemplate(ThemeError):
    """What Sphinx makes of an error in a template."""

    def __init__(self) -> None:
        super().__init__("An error happened in rendering the page docs/a.")
        self.__cause__ = MemoryError()


WORKS = {"resolving": "get_and_resolve_doctree", "writing": "write_doc", "indexing": "index_page"}


@pytest.mark.parametrize(
    ("error", "problem"),
    [
        (ValueError, "the text makes Sphinx fail; it is shown as it is written"),
        (MemoryError, "the text needs too much memory; it is shown as it is written"),
        (RecursionError, "the text is nested too deeply to read; it is shown as it is written"),
        (InATemplate, "the text needs too much memory; it is shown as it is written"),
    ],
)
@pytest.mark.parametrize("work", WORKS)
def test_a_page_that_sphinx_fails_on_is_shown_as_it_is_written(
    make_site: SiteMaker,
    monkeypatch: pytest.MonkeyPatch,
    work: str,
    error: type[Exception],
    problem: str,
) -> None:
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": "A\n=\n\n*Words*.\n"})
    owner: Any = BuildEnvironment if work == "resolving" else SiteBuilder
    do = getattr(owner, WORKS[work])
    has_failed: list[bool] = []

    def fail_once(self: Any, page: str, *arguments: Any, **options: Any) -> Any:
        if page == "docs/a" and not has_failed:
            has_failed.append(True)
            raise error
        return do(self, page, *arguments, **options)

    monkeypatch.setattr(owner, WORKS[work], fail_once)
    report = site.build(search="sphinx")
    assert report.errors == 1
    assert f"docs/a.rst: ERROR: {problem}" in site.warnings
    assert "*Words*" in site.page("docs/a").text
    assert "Views should have types." in site.page("fep-0007").text


REFERENCES = f".. _a:\n\n{'words ' * 100}\n{'=' * 600}\n\n" + ":ref:`a` " * 200
SUBSTITUTIONS = f".. |a| replace:: {'words ' * 100}\n\n" + "|a| " * 200


@pytest.mark.parametrize("text", [SUBSTITUTIONS, REFERENCES], ids=["substitution", "reference"])
def test_a_page_that_repeats_long_text_is_shown_as_it_is_written(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch, text: str
) -> None:
    """A title that links show is known when all pages have been read."""
    monkeypatch.setattr(limits, "MAX_CHARACTERS", 100_000)
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": f"A\n=\n\n{text}\n"})
    report = site.build()
    assert report.errors == 1
    assert "docs/a.rst: ERROR: the text has more than 4,000,000 characters" in site.warnings
    assert text.split()[-1] in site.page("docs/a").text
    assert len(site.html("docs/a")) < 100_000


METHODS = "".join(f"   .. py:method:: m{number}\n" for number in range(5))


def test_a_page_whose_names_are_too_long_is_shown_as_it_is_written(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Sphinx keeps the names of all classes around a method, in several tables."""
    monkeypatch.setattr(limits, "MAX_NAMES", 1000)
    page = f"A\n=\n\n.. py:class:: {'w' * 100}\n\n{METHODS}"
    other = f"B\n=\n\n.. py:class:: Views\n\n{METHODS}"
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": page, "docs/b.rst": other})
    site.build()
    assert "docs/a.rst: ERROR: the text has more than 1,000 characters in names" in site.warnings
    assert "docs/b.rst: ERROR" not in site.warnings
    assert "py:method:: m4" in site.page("docs/a").text
    assert "Views.m4" in site.html("docs/b")
    env = pickle.loads(site.output.joinpath(".doctrees", "environment.pickle").read_bytes())
    assert all("wwww" not in name for name in env.domaindata["py"]["objects"])


def test_a_directive_or_role_that_needs_too_much_memory_ends_its_page(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It was shown as one that fails, and the interpreter crashed at the next one."""

    def fail(*_: Any, **_options: Any) -> None:
        raise MemoryError

    monkeypatch.setattr(Only, "run", fail)
    monkeypatch.setattr(Abbreviation, "run", fail)
    pages = {"a": ".. only:: html\n\n   x\n", "b": ":abbr:`x (y)`\n"}
    files = {f"docs/{name}.rst": f"A\n=\n\n{text}" for name, text in pages.items()}
    site = make_site({7: proposal(7), "conf.py": CONF, **files})
    site.build()
    for name in pages:
        assert f"docs/{name}.rst: ERROR: the text needs too much memory" in site.warnings
    assert site.page("fep-0007").text


def test_a_failure_in_a_process_of_another_builder_is_reported(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A traceback in the record could not be sent, and the build ended as interrupted."""
    pages: dict[str | int, str | bytes] = {f"docs/{name}.rst": "A\n=\n" for name in "abcdefgh"}
    site = make_site({7: proposal(7), "conf.py": CONF, **pages})
    read = TextBuilder.read_doc

    has_failed: list[bool] = []

    def fail_once(self: TextBuilder, page: str, **options: Any) -> None:
        if page == "docs/a" and not has_failed:
            has_failed.append(True)
            raise ValueError
        read(self, page, **options)

    monkeypatch.setattr(TextBuilder, "read_doc", fail_once)
    report = site.build(builder="text", jobs=2)
    assert report.errors == 1
    assert "docs/a.rst: ERROR: the text makes Sphinx fail" in site.warnings
    assert site.output.joinpath("docs", "b.txt").is_file()


def test_what_fails_twice_is_not_about_the_text(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": "A\n=\n"})
    monkeypatch.setattr(SiteBuilder, "write_doc", fail)
    with pytest.raises(OSError, match="No space left"):
        site.build()
    assert "as it is written" not in site.warnings


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux says how much memory is used")
def test_the_memory_of_a_page_is_limited(make_site: SiteMaker) -> None:
    with pytest.raises(MemoryError), page_process.limited_memory(64 * 1024 * 1024):
        bytearray(128 * 1024 * 1024)
    bytearray(128 * 1024 * 1024)


def contents(*names: str) -> str:
    return "\n".join(["Page", "====", "", ".. toctree::", "", *(f"   {n}" for n in names), ""])


CHAIN = {f"docs/{n:04}.rst": contents(f"{n + 1:04}") for n in range(100)}
LAYERS = {
    f"docs/{side}{n:02}.rst": contents(f"a{n + 1:02}", f"b{n + 1:02}")
    for n in range(30)
    for side in "ab"
}


@pytest.mark.parametrize(
    ("pages", "first"),
    [
        (CHAIN | {"docs/0100.rst": "End\n===\n"}, "docs/0000"),
        (LAYERS | {f"docs/{side}30.rst": f"{side}\n=\n" for side in "ab"}, "docs/a00"),
        ({"docs/a.rst": contents("b"), "docs/b.rst": contents("a")}, "docs/a"),
    ],
    ids=["chain", "layers", "circle"],
)
def test_tables_of_contents_in_each_other_do_not_grow(
    make_site: SiteMaker, pages: dict[str | int, str | bytes], first: str
) -> None:
    files = {7: proposal(7), "conf.py": CONF, "index.rst": contents(first), **pages}
    site = make_site(files)
    report = site.build(jobs=2)
    assert report.errors == 0
    assert report.pages >= len(pages)
    deep = "docs/0029.rst: WARNING: is too deep in tables of contents; the pages in its own are"
    assert (deep in site.warnings) is (first == "docs/0000")
    last = str(list(pages)[-2]).removeprefix("docs/").removesuffix(".rst")
    before = site.html(f"docs/{last}")
    again = site.build(jobs=2)
    assert again.errors == 0
    assert site.html(f"docs/{last}") == before


def test_lists_of_todos_are_not_in_each_other(make_site: SiteMaker) -> None:
    conf = CONF.replace("']", "', 'sphinx.ext.todo']", 1) + "todo_include_todos = True\n"
    page = "A\n=\n\n.. todo::\n\n   .. todolist::\n"
    site = make_site({7: proposal(7), "conf.py": conf, "docs/a.rst": page})
    site.build()
    assert "the directive 'todo' may read files, run code" in site.warnings
    assert "Views should have types." in site.page("fep-0007").text


def sections(depth: int, below: str) -> str:
    characters = "=-~^\"'`#*+.:_<>!$%&(),/;?@"
    titles = [
        f"{'=' * 4}\n{n:04}\n{'=' * 4}\n" if n == 0 else f"{n:04}\n{characters[n] * 4}\n"
        for n in range(depth)
    ]
    return "\n".join([*titles, below])


def test_sections_count_for_the_depth_of_tables(make_site: SiteMaker) -> None:
    pages: dict[str | int, str | bytes] = {
        f"docs/{n:02}.rst": sections(25, f".. toctree::\n\n   {n + 1:02}\n") for n in range(28)
    }
    files = {7: proposal(7), "conf.py": CONF, "index.rst": contents("docs/00"), **pages}
    site = make_site({**files, "docs/28.rst": "End\n===\n"})
    report = site.build()
    assert report.errors == 0
    assert "docs/03.rst: WARNING: is too deep in tables of contents" in site.warnings
    assert "Page" in site.page("").text


def test_titles_in_tables_of_other_pages_are_short(make_site: SiteMaker) -> None:
    long = f":orphan:\n\n{'|x| ' * 50}\n{'=' * 200}\n\n.. |x| replace:: {'word ' * 100}\n"
    many = "Many\n====\n\n" + "".join(f"Section {n}\n------------\n\n" for n in range(4000))
    index = contents("docs/long", "docs/many")
    files = {7: proposal(7), "conf.py": CONF, "index.rst": index, "docs/long.rst": long}
    site = make_site(
        {**files, "docs/many.rst": many, "docs/other.rst": ":orphan:\n\nOther\n=====\n"}
    )
    site.build()
    assert "docs/many.rst: WARNING: has too many sections; they are in no table" in site.warnings
    assert "Section 3999" in site.page("docs/many").text
    for page in ("", "docs/other"):
        text = site.page(page).text
        assert "Section 3999" not in text
        assert len(text) < 20_000
    assert "word word" in site.page("").text
    before = site.files()
    site.build()
    assert site.files() == before


@dropping
@pytest.mark.skipif(not HAS_TIMER, reason="the system has no such timer")
def test_a_page_whose_links_take_too_long_is_shown_as_it_is_written(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": f"A\n=\n\n{SLOW_LINK}\n"})
    monkeypatch.setattr(limits, "MAX_SECONDS", 1.0)
    monkeypatch.setattr(open_markup, "_ROLES", open_markup._ROLES | {"cpp:any"})
    report = site.build()
    assert report.errors == 1
    assert "docs/a.rst: ERROR: the text takes too long to read" in site.warnings
    assert SLOW_LINK in site.page("docs/a").text
