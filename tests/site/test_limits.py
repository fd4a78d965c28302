"""Limits on reading pages and translations, which no worker process has judged."""

from __future__ import annotations

import re
import time

import pytest

from fep_tools.proposals.pool import HAS_TIMER
from fep_tools.site import allowlist, limits

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


# Python drops an exception in a callback of its garbage collector, of which Hypothesis has one.
dropped = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")


@dropped
@pytest.mark.skipif(not HAS_TIMER, reason="the system has no such timer")
def test_a_limit_that_ends_in_a_finalizer_ends_the_page_all_the_same() -> None:
    class Slow:
        def __del__(self) -> None:
            use_processor(0.3)

    def use_processor(seconds: float) -> None:
        end = time.process_time() + seconds
        while time.process_time() < end:
            continue

    @limits._time_limit(0.1)
    def read() -> None:
        Slow()
        use_processor(60)

    with pytest.raises(limits._Exceeded):
        read()


@dropped
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
    page = f"docs/deep{suffix}"
    text = DEEP if suffix == ".rst" else "Deep\n\n" + "> " * 90 + "x"
    site = make_site({7: proposal(7), "conf.py": CONF, "index.rst": "Ours\n====\n", page: text})
    report = site.build()
    assert report.errors == 1
    assert f"{page}: ERROR: the text is nested too deeply to read" in site.warnings
    assert text.strip().split()[-1] in site.page("docs/deep").text
    assert "Ours" in site.page("").text


@dropped
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
    ],
    ids=["c++", "any", "domain", "object", "table", "contents", "hidden"],
)
def test_a_page_costs_no_more_than_it_is_worth(
    make_site: SiteMaker, text: str, warning: str
) -> None:
    page, other = f":orphan:\n\nA\n=\n\n{text}\n", ":orphan:\n\nB\n=\n"
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": page, "docs/b.rst": other})
    site.build()
    assert warning in site.warnings


@dropped
@pytest.mark.skipif(not HAS_TIMER, reason="the system has no such timer")
def test_a_page_whose_links_take_too_long_is_shown_as_it_is_written(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({7: proposal(7), "conf.py": CONF, "docs/a.rst": f"A\n=\n\n{SLOW_LINK}\n"})
    monkeypatch.setattr(limits, "MAX_SECONDS", 1.0)
    monkeypatch.setattr(allowlist, "_may_be_slow", lambda _name: False)
    report = site.build()
    assert report.errors == 1
    assert "docs/a.rst: ERROR: the text takes too long to read" in site.warnings
    assert SLOW_LINK in site.page("docs/a").text
