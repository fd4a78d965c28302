"""Notes on the site: verdicts behind snippets, the matrix, and a page for each framework."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fep_tools.notes.results import ResultState
from fep_tools.site.note_results import STATES

from .sites import proposal, Site

Noted = Callable[..., Path]
HOSTILE = "</code><script>alert(1)</script>\x1b[31m\u202e"


@pytest.fixture
def site(noted: Noted, tmp_path: Path) -> Callable[..., Site]:
    """Build the site of a checkout with a note, whose result may differ."""

    def make(**changed: Any) -> Site:
        made = Site(noted(**changed), tmp_path / "output", tmp_path / "cache")
        made.build()
        return made

    return make


def test_a_snippet_that_holds_says_with_which_versions(site: Callable[..., Site]) -> None:
    made = site()
    page = made.page("fep-0007")
    assert "verified on Sanic 25.12.1, Python 3.11" in page.text
    assert made.warnings == ""


def test_the_verdict_stands_behind_the_snippet(site: Callable[..., Site]) -> None:
    html = site().html("fep-0007")
    assert html.index("sanic-view") < html.index("fep-verdict-verified") < html.index('id="hug"')


def test_what_did_not_hold_shows_what_came(site: Callable[..., Site]) -> None:
    checks = [{"line": 3, "expected": "'demo'", "got": "'app'", "ok": False}]
    text = site(state="failed", checks=checks).page("fep-0007").text
    assert "failed on Sanic 25.12.1, Python 3.11 Line 3: expected 'demo' , got 'app'" in text


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"snippet": "0" * 64}, "outdated : the snippet changed since its last run"),
        (
            {"version": "24.6.0"},
            "outdated : the snippet last ran on Sanic 24.6.0, Python 3.11, but the lock",
        ),
        (
            {"harness": "0" * 64},
            "outdated : the snippet was last run by another version of fep-tools",
        ),
        ({"checks": []}, "outdated : the snippet was last run by another version of fep-tools"),
        ({"state": "unavailable", "reason": "no Python"}, "unavailable on Sanic: no Python"),
        ({"state": "failed", "reason": "took too long"}, "failed on Sanic 25.12.1"),
    ],
)
def test_a_result_is_shown_as_what_it_is(
    site: Callable[..., Site], changed: dict[str, Any], told: str
) -> None:
    text = site(**changed).page("fep-0007").text
    assert told in text
    assert "verified on" not in text


def test_a_forged_result_is_not_believed(site: Callable[..., Site]) -> None:
    checks = [{"line": 3, "expected": "'demo'", "got": "'app'", "ok": False}]
    assert "verified on" not in site(state="verified", checks=checks).page("fep-0007").text


def test_without_results_nothing_was_run(noted: Noted, tmp_path: Path) -> None:
    root = noted()
    (root / "proposals" / "fep-0007.notes.json").unlink()
    made = Site(root, tmp_path / "output", tmp_path / "cache")
    made.build()
    assert "not run : no result recorded" in made.page("fep-0007").text


def test_the_text_of_results_is_inert(site: Callable[..., Site]) -> None:
    checks = [{"line": 3, "expected": HOSTILE, "got": HOSTILE, "ok": False}]
    made = site(state="failed", checks=checks, reason=HOSTILE)
    page = made.page("fep-0007")
    assert "alert(1)" in page.text
    assert not any("alert" in str(script) for script in page.all("script"))
    assert "<script>alert" not in made.html("fep-0007")
    assert "\x1b" not in made.html("fep-0007")
    assert "\u202e" not in made.html("fep-0007")


def test_a_stance_looks_the_same_whatever_it_says(site: Callable[..., Site]) -> None:
    classes = [span.get("class", "") for span in site().page("framework").all("span")]
    stances = {one for one in classes if "stance" in one}
    assert stances == {"fep-stance"}


def test_the_header_says_how_the_frameworks_stand(site: Callable[..., Site]) -> None:
    page = site().page("fep-0007")
    assert "Frameworks : Sanic similar verified Hug absent no snippet" in page.text
    assert {"#sanic", "#hug"} < set(page.links())


def test_the_matrix_has_every_framework_that_is_spoken_of(site: Callable[..., Site]) -> None:
    page = site().page("framework")
    assert "Sanic 25.12.1, Python 3.11" in page.text
    assert "Quart" not in page.text
    assert "FEP 7: Typed views similar verified absent no snippet" in page.text
    assert "sanic/" in page.links()


def test_every_state_is_explained(site: Callable[..., Site]) -> None:
    text = site().page("framework").text
    for state in ResultState:
        assert f"{STATES[state]} :" in text


def test_a_framework_has_a_page_by_stance(site: Callable[..., Site]) -> None:
    page = site().page("framework/sanic")
    assert "The same purpose, in nearly the same way." in page.text
    assert "FEP 7: Typed views Draft verified" in page.text
    assert "https://sanic.dev/" in page.links()


def test_a_site_without_notes_says_nothing_of_them(
    checkout: Callable[..., Path], tmp_path: Path
) -> None:
    root = checkout({"fep-0001.rst": proposal(1)})
    made = Site(root, tmp_path / "output", tmp_path / "cache")
    made.build()
    assert not (made.output / "framework").exists()
    assert "ramework" not in made.page("fep-0001").text


# Again ---------------------------------------------------------------------------------------


def test_a_result_that_changed_is_shown_at_once(site: Callable[..., Site], noted: Noted) -> None:
    made = site()
    assert made.build().written == 0
    noted(state="failed", reason="took too long")
    made.build()
    assert "took too long" in made.page("fep-0007").text
    assert "failed" in made.page("framework").text
    assert made.build().written == 0
    clean = made.beside("clean")
    clean.build()
    assert made.files() == clean.files()


def test_a_lock_that_changed_makes_verdicts_stale(site: Callable[..., Site]) -> None:
    made = site()
    made.write("fep/environments/sanic.txt", "sanic==26.6.0\n")
    made.build()
    assert "outdated" in made.page("fep-0007").text
    assert "26.6.0" in made.page("framework/sanic").text


def test_a_broken_file_of_results_stops_nothing(site: Callable[..., Site]) -> None:
    made = site()
    made.write("proposals/fep-0007.notes.json", "[" * 10_000)
    made.build()
    assert "not run" in made.page("fep-0007").text


# Apart ---------------------------------------------------------------------------------------


def test_building_runs_nothing(noted: Noted, tmp_path: Path) -> None:
    """Neither what runs programs nor a framework is imported by a build."""
    program = """
import sys
from io import StringIO
from pathlib import Path
from fep_tools.site.build import BuildOptions, build
root, output = map(Path, sys.argv[1:])
before = set(sys.modules)
options = BuildOptions(root=root, output=output, cache=str(output / "cache"))
build(options, StringIO(), lambda _: None)
names = {name.partition(".")[0] for name in sys.modules}
print(sorted(names & {"flask", "sanic", "fastapi", "hug", "quart", "starlette", "litestar"}))
print(sorted(name for name in sys.modules if name.startswith("fep_tools.sandbox")))
"""
    told = subprocess.run(
        [sys.executable, "-c", program, str(noted()), str(tmp_path / "output")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.split("\n")[:2] == ["[]", "[]"]


def test_the_results_of_this_repository_hold() -> None:
    root = Path(__file__).parents[2]
    for file in (root / "proposals").glob("*.notes.json"):
        states = {result["state"] for result in json.loads(file.read_bytes())["snippets"].values()}
        assert states == {"verified"}, file.name
