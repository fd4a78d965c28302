"""Standard streams that are closed, full or without a reader, as a shell passes them."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

FEP = f"'{sys.executable}' -c 'from fep_tools.cli.main import main; main()'"


def shell(directory: Path, command: str) -> subprocess.CompletedProcess[str]:
    """Run a command in which ``fep`` is the tool."""
    script = f'set -o pipefail; fep() {{ {FEP} "$@"; }}; {command}'
    environment = {name: value for name, value in os.environ.items() if name != "CI"}
    return subprocess.run(
        ["bash", "-c", script],
        cwd=directory, capture_output=True, text=True, check=False, env=environment,
    )  # fmt: skip


@pytest.mark.slow
@pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs /dev/full")
@pytest.mark.parametrize(
    ("command", "status", "message"),
    [
        ("fep check >&-", 0, ""),
        ("fep check 2>&-", 0, ""),
        ("fep check <&- >&- 2>&-", 0, ""),
        ("fep check | head -c 0", 0, ""),
        ("fep rules | head -c 1 > /dev/null", 0, ""),
        ("fep list | true", 0, ""),
        ("fep export json >&-", 0, ""),
        ("fep --version >&-", 0, ""),
        ("fep lsp <&- >&-", 0, ""),
        ("fep check > /dev/full", 2, "fep: output: No space left on device\n"),
        ("fep export json > /dev/full", 2, "fep: output: No space left on device\n"),
        ("fep check 2> /dev/full", 0, ""),
        ("fep check - <&-", 2, "fep: standard input is closed; redirect a file to it\n"),
        (
            "fep check - 0> /dev/null",
            2,
            "fep: standard input cannot be read: bad file descriptor\n",
        ),
        ("fep list --at nowhere 2> /dev/full", 2, ""),
        ("fep list --nonsense 2>&-", 2, ""),
    ],
)
def test_the_status_does_not_depend_on_the_streams(
    repo: Path, command: str, status: int, message: str
) -> None:
    done = shell(repo, command)
    assert (done.returncode, done.stderr) == (status, message)


@pytest.mark.parametrize("rest", [">&-", "2>&-", "> /dev/null 2>&-", "| head -c 0", "2> /dev/full"])
def test_findings_fail_the_check_even_if_nobody_reads_them(repo: Path, rest: str) -> None:
    (repo / "proposals" / "fep-0012.rst").write_text("Title: No number\n", "utf-8")
    assert shell(repo, f"fep check {rest}").returncode == 1


def test_nothing_is_written_into_a_file_that_took_the_place_of_a_closed_stream(
    repo: Path,
) -> None:
    assert shell(repo, "fep check >&- 2>&- <&- && fep check").returncode == 0
    assert (repo / ".fep_cache" / "facts.sqlite3").read_bytes().startswith(b"SQLite format 3")


def test_an_ascii_stream_gets_escapes(repo: Path) -> None:
    file = repo / "proposals" / "fep-0012.rst"
    file.write_text(file.read_text("utf-8").replace("Ada Lovelace", "Zoë"), "utf-8")
    done = shell(repo, "PYTHONIOENCODING=ascii fep list --author Zo")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.isascii()
