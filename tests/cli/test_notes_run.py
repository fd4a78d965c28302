"""``fep notes run``, with a stub in place of a framework."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from fep_tools.cli import main, storage, terminal
from fep_tools.sandbox import environments, isolation
from fep_tools.sandbox.environments import Environment
from fep_tools.sandbox.toolchain import EnvironmentUnavailable

from .stubbed import LOCK, PROPOSAL

ROOT = Path(__file__).parents[2]
Run = Callable[..., tuple[int, str, str]]

OTHER = """
.. code-block:: python
   :class: fep-check
   :name: stub-other

   import stub
   stub.App().routes   #> {}
"""


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run ``fep notes run`` at a root: exit status, standard output, standard error."""

    def run(root: Path, *arguments: str) -> tuple[int, str, str]:
        status = main.run(["notes", "run", "--root", str(root), *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def change(root: Path, old: str, new: str) -> None:
    file = root / "proposals" / "fep-0012.rst"
    text = file.read_text("utf-8")
    assert old in text
    file.write_text(text.replace(old, new), "utf-8")


def saved(root: Path) -> dict[str, dict[str, object]]:
    """Return the saved result of each snippet."""
    file = json.loads((root / "proposals" / "fep-0012.notes.json").read_text("utf-8"))
    snippets: dict[str, dict[str, object]] = file["snippets"]
    return snippets


def test_a_result_that_is_not_saved_is_a_failure(run: Run, root: Path) -> None:
    status, out, err = run(root)
    assert status == 1
    assert out == (
        "proposals/fep-0012.rst\n"
        "  verified     stub-greets  (Stub 1.0, Python 3.11; not saved yet; add --update)\n"
        "1 run, 1 verified, 0 unchanged\n"
    )
    assert "sandbox: none (limits of time and memory only" in err
    assert not (root / "proposals" / "fep-0012.notes.json").exists()


def test_long_runs_show_their_progress(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "SECONDS_BETWEEN_LINES", 0.0)
    (root / "proposals" / "fep-0012.rst").write_text(f"{PROPOSAL}{OTHER}", "utf-8")
    _status, _out, err = run(root)
    assert err.splitlines()[1:] == ["fep: running: 50 % of 2 snippets"]


def test_a_check_reads_the_saved_results(run: Run, root: Path) -> None:
    assert run(root, "--update")[0] == 0
    assert saved(root)["stub-greets"]["state"] == "verified"
    assert main.run(["notes", "check", "--root", str(root)]) == 0


def test_a_second_run_runs_nothing(run: Run, root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(root, "--update")
    results = root / "proposals" / "fep-0012.notes.json"
    before = results.stat()

    def never(*_: object) -> None:
        raise AssertionError

    monkeypatch.setattr(environments, "build", never)
    assert run(root, "--update") == (0, "1 unchanged, nothing to run\n", "")
    after = results.stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_a_stale_result_is_computed_again(run: Run, root: Path) -> None:
    run(root, "--update")
    change(root, "hello", "hullo")
    status, out, _err = run(root)
    assert (status, "1 run" in out) == (1, True)
    run(root, "--update")
    (root / "fep" / "environments" / "stub.txt").write_text(LOCK.replace("1.0", "1.1"), "utf-8")
    assert "Stub 1.1" in run(root, "--update")[1]
    assert saved(root)["stub-greets"]["version"] == "1.1"


def test_a_failure_is_shown_and_saved(run: Run, root: Path) -> None:
    change(root, "#> 'hello'", "#> 'hullo'")
    status, out, _err = run(root, "--update")
    assert status == 1
    assert "  failed       stub-greets" in out
    assert "      line 26: expected 'hullo', got 'hello'\n" in out
    assert "      | INFO /\n" in out
    assert saved(root)["stub-greets"]["state"] == "failed"
    assert run(root, "--update")[:2] == (0, "1 unchanged, nothing to run\n")


def test_running_everything_detects_a_forged_result(run: Run, root: Path) -> None:
    change(root, "#> 'hello'", "#> 'hullo'")
    run(root, "--update")
    file = root / "proposals" / "fep-0012.notes.json"
    forged = file.read_text("utf-8").replace('"failed"', '"verified"')
    forged = forged.replace("'hello'", "'hullo'").replace("false", "true")
    file.write_text(forged, "utf-8")
    assert run(root)[0] == 0
    status, out, _err = run(root, "--all")
    assert status == 1
    assert "not the saved result" in out


def test_results_of_removed_snippets_are_dropped(run: Run, root: Path) -> None:
    file = root / "proposals" / "fep-0012.rst"
    file.write_text(f"{PROPOSAL}{OTHER}", "utf-8")
    run(root, "--update")
    assert sorted(saved(root)) == ["stub-greets", "stub-other"]
    file.write_text(PROPOSAL, "utf-8")
    run(root, "--update")
    assert sorted(saved(root)) == ["stub-greets"]


def test_a_missing_environment_keeps_the_saved_result(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(root, "--update")

    def missing(*_: object) -> Environment:
        raise EnvironmentUnavailable("Python 3.11 is not installed", is_portable=True)

    monkeypatch.setattr(environments, "build", missing)
    status, out, _err = run(root, "--all", "--update")
    assert status == 2
    assert "  unavailable  stub-greets" in out
    assert "      Python 3.11 is not installed\n" in out
    assert saved(root)["stub-greets"]["state"] == "verified"
    change(root, "hello", "hullo")
    run(root, "--update")
    assert saved(root)["stub-greets"]["state"] == "unavailable"
    assert saved(root)["stub-greets"]["reason"] == "Python 3.11 is not installed"


def test_selection_by_framework_and_number(run: Run, root: Path) -> None:
    assert "1 run" in run(root, "--framework", "stub")[1]
    error = "fep: there is no framework stab; did you mean stub?\n"
    assert run(root, "--framework", "stab") == (2, "", error)
    assert run(root, "12")[1].startswith("proposals/fep-0012.rst")
    assert run(root, "13") == (2, "", "fep: there is no FEP 13\n")


def test_a_proposal_without_snippets_is_reported(run: Run, root: Path) -> None:
    text = PROPOSAL[: PROPOSAL.index("Cross-Framework Notes")].replace("FEP: 12", "FEP: 13")
    (root / "proposals" / "fep-0013.rst").write_text(text, "utf-8")
    status, out, err = run(root, "13")
    assert (status, out) == (0, "0 unchanged, nothing to run\n")
    assert err == "fep: FEP 13 has no snippets\n"
    assert "has no snippets" not in run(root)[2]


def test_a_missing_lock_names_the_command_that_makes_it(run: Run, root: Path) -> None:
    (root / "fep" / "environments" / "stub.txt").unlink()
    status, _out, err = run(root)
    assert status == 2
    assert err == "fep: fep/environments/stub.txt is missing; run: fep notes lock stub\n"


def test_a_lock_that_can_be_read_in_two_ways_is_not_used(run: Run, root: Path) -> None:
    assert run(root, "--update")[0] == 0
    lock = root / "fep" / "environments" / "stub.txt"
    lock.write_text(lock.read_text("utf-8") + "  stub==1.1 --hash=sha256:" + "0" * 64 + "\n")
    status, _out, err = run(root)
    assert status == 2
    assert err == (
        "fep: fep/environments/stub.txt can be read in two ways; run: fep notes lock stub\n"
    )
    assert main.run(["notes", "check", "--root", str(root)]) == 0
    assert main.run(["notes", "check", "--strict", "--root", str(root)]) == 1  # it is stale


def test_a_second_snippet_of_one_name_is_skipped(run: Run, root: Path) -> None:
    file = root / "proposals" / "fep-0012.rst"
    file.write_text(f"{PROPOSAL}{OTHER.replace('stub-other', 'stub-greets')}", "utf-8")
    assert "1 snippet skipped; fep notes check says why" in run(root)[2]


def test_json_output(run: Run, root: Path) -> None:
    document = json.loads(run(root, "--format", "json")[1])
    assert document["summary"] == {"run": 1, "unchanged": 0, "updated": False, "verified": 1}
    (row,) = document["snippets"]
    assert (row["number"], row["name"], row["kept"]) == (12, "stub-greets", "new")
    assert row["checks"] == [{"line": 5, "expected": "'hello'", "got": "'hello'", "ok": True}]


def test_nothing_is_run_without_a_sandbox(
    run: Run, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*, unsandboxed: bool) -> isolation.Isolation:
        raise isolation.IsolationUnavailable("bubblewrap is not installed")

    monkeypatch.setattr(isolation, "find", refuse)
    assert run(root)[:2] == (2, "")
    assert run(root)[2] == "fep: bubblewrap is not installed\n"


def test_the_output_of_a_snippet_is_escaped(run: Run, root: Path) -> None:
    change(root, "app = App()", 'app = App(); print("\\x1b[2J")')
    change(root, "#> 'hello'", "#> '\\x1b'")
    assert "\x1b" not in run(root)[1]


def test_environments_are_outside_of_any_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("CI", "FEP_CACHE_DIR"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    with ExitStack() as stack:
        assert storage.environments_directory(stack) == tmp_path / "fep-tools" / "environments"
        monkeypatch.setenv("CI", "true")
        once = storage.environments_directory(stack)
        assert once.is_dir()
        assert not once.is_relative_to(tmp_path / "fep-tools")
        monkeypatch.chdir(tmp_path)
        monkeypatch.setenv("FEP_CACHE_DIR", "here")
        assert storage.environments_directory(stack) == tmp_path / "here" / "environments"
    assert not once.exists()


@pytest.mark.parametrize("home", ["/dev/null", None])
def test_without_a_directory_for_caches_a_temporary_one_is_used(
    monkeypatch: pytest.MonkeyPatch, home: str | None
) -> None:
    def unknown() -> Path:
        raise RuntimeError("Could not determine home directory.")

    for name in ("CI", "FEP_CACHE_DIR", "XDG_CACHE_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Path, "home", unknown if home is None else lambda: Path(home))
    with ExitStack() as stack:
        directory = storage.doctrees_directory(stack, Path("site"))
        assert directory.is_dir()
    assert not directory.exists()


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("stub.App().routes   #> []", "expected [], got {}"),
        ("raise ValueError('x')   #> 1", "raised ValueError: x"),
        ("stub.nothing   #> 1", "raised AttributeError: module 'stub' has no attribute 'nothing'"),
        ("stub.App(   #> 1", "SyntaxError: '(' was never closed"),
        ("import nothing_there\n   1  #> 1", "raised ModuleNotFoundError: No module named "),
    ],
)
def test_a_failure_names_the_line_of_the_file(
    run: Run, root: Path, code: str, expected: str
) -> None:
    change(root, PROPOSAL.split("Copyright\n")[0], PROPOSAL.split("Copyright\n")[0] + OTHER.replace(
        "stub.App().routes   #> {}", code) + "\n")  # fmt: skip
    _status, out, _err = run(root)
    lines = (root / "proposals" / "fep-0012.rst").read_text("utf-8").split("\n")
    number = next(n for n, line in enumerate(lines, 1) if code.split("\n")[0] in line)
    assert f"      line {number}: {expected}" in out
    assert "snippet.py" not in out
