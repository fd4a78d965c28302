"""The benchmarks measure what has worked, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest
from benchmarks.__main__ import compare, limit
from benchmarks.measure import measure, measure_both, Measurement

PROGRAM = "import sys; sys.stderr.write('first\\nno such file\\n'); sys.exit({})"


def test_a_command_that_fails_ends_the_benchmark(tmp_path: Path) -> None:
    failing = [sys.executable, "-c", PROGRAM.format(2)]
    with pytest.raises(SystemExit, match=r"exit status 2 in .*: no such file$"):
        measure(failing, directory=tmp_path, runs=1, warm_up=0, allowed=(0, 1))
    with pytest.raises(SystemExit, match="exit status 127"):
        measure(["no-such-program"], directory=tmp_path, runs=1, warm_up=0)


def test_findings_are_no_failure(tmp_path: Path) -> None:
    findings = [sys.executable, "-c", PROGRAM.format(1)]
    figure = measure(findings, directory=tmp_path, runs=1, warm_up=0, allowed=(0, 1))
    assert figure.seconds > 0
    assert figure.cpu > 0
    assert figure.memory > 0


def test_two_commands_are_measured_in_turn(tmp_path: Path) -> None:
    ours, peer = (
        [sys.executable, "-c", f"open('order', 'a').write('{name}')"] for name in ("o", "p")
    )
    figures = measure_both(ours, peer, directory=tmp_path, runs=2, warm_up=1)
    assert (tmp_path / "order").read_text() == "opopop"
    assert len(figures) == 2


def test_rows_compare_both_times_and_memory() -> None:
    ours, peer = Measurement(2.0, 400 * 2**20, 3.0), Measurement(1.0, 100 * 2**20, 1.0)
    row = compare("check", ours, peer, "peer", 2.5)
    assert "2.00x wall   3.00x CPU   4.00x memory   goal 2.5x, met" in row
    assert compare("check", ours, peer, "peer", 2.0).endswith("not met")
    assert compare("check", ours, peer, "peer", 2.5, 3.0).endswith("3.0x memory, not met")
    assert limit("keystroke", 0.1, 0.12).endswith("goal 0.12 s, met")
