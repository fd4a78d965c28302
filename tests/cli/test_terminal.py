"""Output that fits the terminal, its colours, and progress."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from fep_tools import _progress
from fep_tools.cli import terminal
from fep_tools.cli.lazy_group import LazyGroup
from fep_tools.cli.main import fep
from fep_tools.cli.terminal import fit, Progress, visible_width
from fep_tools.process.model import Process

from .drafts import BAD, Run

WIDTHS = (80, 40)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("short", ["short"]),
        ("one two three four five six", ["one two three four", "  five six"]),
        (
            "11  Final  Nested blueprints and more",
            ["11  Final  Nested", " " * 11 + "blueprints", " " * 11 + "and more"],
        ),
        ("  https://example.org/a/very/long/path", ["  https://example.org/a/very/long/path"]),
        ("a \x1b[31mred\x1b[0m word, and others", ["a \x1b[31mred\x1b[0m word, and", "  others"]),
        ("日本 日本 日本 日本 日本", ["日本 日本 日本 日本", "  日本"]),
        ("", [""]),
    ],
)  # fmt: skip
def test_lines_are_wrapped_between_words(line: str, expected: list[str]) -> None:
    assert fit(line, 20).split("\n") == expected


def test_output_that_is_no_terminal_is_not_wrapped(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "20")
    terminal.echo("one two three four five six\n")
    assert capsys.readouterr().out == "one two three four five six\n"
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    assert terminal.columns() == 20
    terminal.echo("one two three four five six\n")
    assert capsys.readouterr().out == "one two three four\n  five six\n"


def too_wide(text: str, limit: int) -> list[str]:
    """Return the lines that are too wide, apart from those that are one long word."""
    wide = [line for line in text.split("\n") if visible_width(line) > limit]
    is_command = re.compile(r"\s*(= fix: )?fep ")  # these stay in one piece, to be copied
    return [line for line in wide if " " in line.strip() and not is_command.match(line)]


@pytest.fixture
def draft(repo: Path) -> Path:
    title = "A title that has so many words that it does not fit into one line of a terminal"
    text = BAD.format(n=12).replace("Title: Title 12", f"Title: {title}")
    (repo / "proposals" / "fep-0012.rst").write_text(text, "utf-8")
    return repo


@pytest.mark.parametrize("limit", WIDTHS)
@pytest.mark.parametrize(
    "command",
    [
        ("check",),
        ("list",),
        ("show", "12"),
        ("process",),
        ("rules",),
        ("--help",),
        ("notes", "--help"),
        ("check", "--help"),
        ("explain", "B051"),
        ("explain", "H103"),
        ("release", "3.2"),
        ("related", "12"),
    ],
    ids=" ".join,
)
def test_commands_fit_the_terminal(
    run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch, command: tuple[str, ...], limit: int
) -> None:
    monkeypatch.setattr(terminal, "columns", lambda **_: limit)
    monkeypatch.setenv("COLUMNS", str(limit))
    _status, out, _err = run(draft, *command)
    assert out
    assert too_wide(out, limit) == []


def test_an_explanation_fills_the_lines(
    run: Run, repo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wide = run(repo, "explain", "B051")[1]
    monkeypatch.setattr(terminal, "columns", lambda **_: 60)
    _status, out, _err = run(repo, "explain", "B051")
    assert "".join(out.split()) == "".join(wide.split())
    lines = out.split("\n\n")[2].split("\n")
    assert all(50 <= len(line) <= 60 for line in lines[:-1])


def test_marks_stay_below_what_they_mark(
    run: Run, draft: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(terminal, "columns", lambda **_: 40)
    _status, out, _err = run(draft, "check", "--select", "H103")
    lines = out.split("\n")
    (index,) = [i for i, line in enumerate(lines) if "Created:" in line]
    start = lines[index + 1].index("^")
    assert lines[index][start:].startswith("2 January 2026")


def test_no_summary_is_cut(monkeypatch: pytest.MonkeyPatch, run: Run, repo: Path) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    for group in ((), ("notes",), ("baseline",)):
        assert "..." not in run(repo, *group, "--help")[1].split("Commands:")[-1]
    assert isinstance(fep, LazyGroup)


@pytest.mark.parametrize("command", [("list",), ("show", "10")])
def test_statuses_have_the_colour_of_their_stage(
    run: Run, repo: Path, command: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    colored = "\x1b[36mDraft\x1b[0m"
    assert colored in run(repo, *command, "--color", "always")[1]
    assert "\x1b" not in run(repo, *command)[1]
    monkeypatch.setenv("FORCE_COLOR", "1")
    assert colored in run(repo, *command)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    assert "\x1b" not in run(repo, *command)[1]


def test_every_stage_has_a_colour(process: Process) -> None:
    stages = {status.stage for status in process.statuses}
    assert stages <= terminal.STAGE_COLORS.keys()
    paint = terminal.painter(process, color=True)
    assert paint("No such status", "text") == "text"


# Progress ------------------------------------------------------------------------------------


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr("fep_tools.cli.terminal.time.monotonic", clock)
    return clock


def test_elsewhere_there_is_a_line_every_ten_seconds(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    monkeypatch.setattr(sys, "stderr", stream)
    progress = Progress()
    for done in range(1, 101):
        clock.now += 0.25
        progress.count("parsing: {share} of {total} pages", done, 100)
    assert stream.getvalue() == (
        "fep: parsing: 40 % of 100 pages\nfep: parsing: 80 % of 100 pages\n"
    )
    assert progress.seconds == "25 seconds"


def test_on_a_terminal_one_line_changes_and_is_removed(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.StringIO()
    stream.isatty = lambda: True  # type: ignore[method-assign]
    monkeypatch.setattr(sys, "stderr", stream)
    monkeypatch.setenv("COLUMNS", "30")
    progress = Progress()
    progress.count("parsing: {share} of {total} pages", 1, 4)
    assert stream.getvalue() == ""  # short work shows nothing
    clock.now += 2
    progress.count("parsing: {share} of {total} pages", 2, 4)
    assert stream.getvalue().startswith("\rfep: parsing: 50 % of 4 pages")
    progress.write("a warning\n")
    last = stream.getvalue().rpartition("\r")[2]
    assert last == "a warning\n"
    assert all(len(part) <= 30 for part in stream.getvalue().split("\r"))


def test_messages_cannot_control_the_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.report("a\x1b[2Jb")
    Progress().step("a\x1b[2Jb")
    assert capsys.readouterr().err == "fep: a\\x1b[2Jb\n" * 2


def test_worker_processes_report_nothing() -> None:
    seen: list[int] = []
    with _progress.observed(lambda _activity, done, _total: seen.append(done)):
        _progress.report("", 1, 2)
        child = os.fork()
        if not child:
            _progress.report("", 2, 2)
            os._exit(len(seen))
        assert os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 1
    _progress.report("", 3, 3)
    assert seen == [1]


def test_a_build_shows_percents_and_seconds(repo: Path) -> None:
    environment = {**os.environ, "NO_COLOR": "1"}
    code = (
        "import sys; from fep_tools.cli import terminal; terminal.SECONDS_BETWEEN_LINES = 0; "
        "from fep_tools.cli.main import run; sys.exit(run(['build', '--jobs', '1']))"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=repo, env=environment, capture_output=True, text=True
    )
    assert "% of 3 proposals\n" in result.stderr
    assert "fep: parsing: 12 % of 8 pages\n" in result.stderr
    assert "fep: writing: " in result.stderr
    assert result.stderr.endswith(" seconds\n") or result.stderr.endswith(" second\n")
    assert result.stdout.startswith("3 proposals on 8 pages, 8 read, 8 written, no warnings\nopen ")
