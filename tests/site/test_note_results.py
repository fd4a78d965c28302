"""Notes on the site: verdicts behind snippets, the matrix, and a page for each framework."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from fep_tools.notes.model import STANCES
from fep_tools.notes.results import ResultState
from fep_tools.site.note_results import STATES

from .sites import proposal, Site

pytestmark = pytest.mark.slow

Noted = Callable[..., Path]
HOSTILE = "</code><script>alert(1)</script>\x1b[31m\u202e"


@pytest.fixture
def site(
    noted: Noted, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Callable[..., Site]:
    """Build the site of a checkout with a note, whose result may differ."""

    def make(**changed: Any) -> Site:
        output = tmp_path_factory.mktemp("site") / "output"
        built = Site(noted(**changed), output, tmp_path / "cache")
        built.build()
        return built

    return make


def test_a_verified_snippet_shows_its_versions(site: Callable[..., Site]) -> None:
    built = site()
    page = built.page("fep-0007")
    assert "verified on Sanic 25.12.1, Python 3.11" in page.text
    assert built.warnings == ""


def test_the_result_is_below_the_snippet(site: Callable[..., Site]) -> None:
    html = site().html("fep-0007")
    assert html.index("sanic-view") < html.index("fep-verdict-verified") < html.index('id="hug"')


def test_a_failed_snippet_shows_what_it_got(site: Callable[..., Site]) -> None:
    checks = [{"line": 3, "expected": "'demo'", "got": "'app'", "ok": False}]
    text = site(state="failed", checks=checks).page("fep-0007").text
    assert "failed on Sanic 25.12.1, Python 3.11 Line 3: expected 'demo' , got 'app'" in text


@pytest.mark.parametrize(
    ("changed", "expected"),
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
def test_states_of_results(
    site: Callable[..., Site], changed: dict[str, Any], expected: str
) -> None:
    text = site(**changed).page("fep-0007").text
    assert expected in text
    assert "verified on" not in text


def test_a_forged_result_is_outdated(site: Callable[..., Site]) -> None:
    checks = [{"line": 3, "expected": "'demo'", "got": "'app'", "ok": False}]
    assert "verified on" not in site(state="verified", checks=checks).page("fep-0007").text


def test_without_results_snippets_are_not_run(noted: Noted, tmp_path: Path) -> None:
    root = noted()
    (root / "proposals" / "fep-0007.notes.json").unlink()
    built = Site(root, tmp_path / "output", tmp_path / "cache")
    built.build()
    assert "not run : no result recorded" in built.page("fep-0007").text


def test_untrusted_results_are_escaped(site: Callable[..., Site]) -> None:
    checks = [{"line": 3, "expected": HOSTILE, "got": HOSTILE, "ok": False}]
    built = site(state="failed", checks=checks, reason=HOSTILE)
    page = built.page("fep-0007")
    assert "alert(1)" in page.text
    assert not any("alert" in str(script) for script in page.all("script"))
    assert "<script>alert" not in built.html("fep-0007")
    assert "\x1b" not in built.html("fep-0007")
    assert "\u202e" not in built.html("fep-0007")


def test_each_stance_has_a_class_for_its_sign(site: Callable[..., Site]) -> None:
    classes = [span.get("class", "") for span in site().page("framework").all("span")]
    stances = {one for one in classes if "stance" in one}
    # The first two are those of the table, and all are in the legend.
    assert {"fep-stance fep-stance-similar", "fep-stance fep-stance-absent"} < stances
    assert len(stances) == len(STANCES)


def test_header_block_shows_stances_and_states(site: Callable[..., Site]) -> None:
    page = site().page("fep-0007")
    assert "Frameworks : Sanic similar verified Hug absent no snippet" in page.text
    assert {"#sanic", "#hug"} < set(page.links())


def test_the_comparison_has_every_framework_with_a_note(site: Callable[..., Site]) -> None:
    page = site().page("framework")
    assert "Sanic 25.12.1, Python 3.11" in page.text
    assert "Quart" not in page.text
    assert "FEP 7: Typed views Sanic similar verified Hug absent no snippet" in page.text
    assert "sanic/" in page.links()


def test_the_legend_explains_every_state(site: Callable[..., Site]) -> None:
    text = site().page("framework").text
    for state in ResultState:
        assert f"{STATES[state]} :" in text


def test_the_page_of_a_framework_is_grouped_by_stance(site: Callable[..., Site]) -> None:
    page = site().page("framework/sanic")
    assert "The same purpose, in nearly the same way." in page.text
    assert "FEP 7: Typed views Draft verified" in page.text
    assert "https://sanic.dev/" in page.links()


def test_a_site_without_notes_has_no_comparison(
    checkout: Callable[..., Path], tmp_path: Path
) -> None:
    root = checkout({"fep-0001.rst": proposal(1)})
    built = Site(root, tmp_path / "output", tmp_path / "cache")
    built.build()
    assert not (built.output / "framework").exists()
    assert "ramework" not in built.page("fep-0001").text


# Again ---------------------------------------------------------------------------------------


def test_a_changed_result_rewrites_the_page(site: Callable[..., Site], noted: Noted) -> None:
    built = site()
    assert built.build().written == 0
    noted(state="failed", reason="took too long")
    built.build()
    assert "took too long" in built.page("fep-0007").text
    assert "failed" in built.page("framework").text
    assert built.build().written == 0
    clean = built.with_output("clean")
    clean.build()
    assert built.files() == clean.files()


def test_a_changed_lock_makes_results_outdated(site: Callable[..., Site]) -> None:
    built = site()
    built.write("fep/environments/sanic.txt", "sanic==26.6.0\n")
    built.build()
    assert "outdated" in built.page("fep-0007").text
    assert "26.6.0" in built.page("framework/sanic").text


def test_a_broken_results_file_does_not_stop_the_build(site: Callable[..., Site]) -> None:
    built = site()
    built.write("proposals/fep-0007.notes.json", "[" * 10_000)
    built.build()
    assert "not run" in built.page("fep-0007").text


# Apart ---------------------------------------------------------------------------------------


def test_building_imports_no_framework(noted: Noted, tmp_path: Path) -> None:
    """Neither what runs programs nor a framework is imported by a build."""
    program = """
import sys
from io import StringIO
from pathlib import Path
from fep_tools.site.build import build
from fep_tools.site.options import BuildOptions
root, output = map(Path, sys.argv[1:])
before = set(sys.modules)
options = BuildOptions(root=root, output=output, cache=str(output / "cache"))
build(options, StringIO(), lambda _: None)
names = {name.partition(".")[0] for name in sys.modules}
print(sorted(names & {"flask", "sanic", "fastapi", "hug", "quart", "starlette", "litestar"}))
print(sorted(name for name in sys.modules if name.startswith("fep_tools.sandbox")))
"""
    expected = subprocess.run(
        [sys.executable, "-c", program, str(noted()), str(tmp_path / "output")],
        capture_output=True,
        text=True,
        check=True,
    )
    assert expected.stdout.split("\n")[:2] == ["[]", "[]"]


def test_results_of_this_repository_are_current() -> None:
    root = Path(__file__).parents[2]
    for file in (root / "proposals").glob("*.notes.json"):
        states = {result["state"] for result in json.loads(file.read_bytes())["snippets"].values()}
        assert states == {"verified"}, file.name
