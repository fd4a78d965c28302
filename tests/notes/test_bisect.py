"""Find the releases between which a result changed, also if it changed several times."""

from __future__ import annotations

import pytest

from fep_tools.cli.render import releases
from fep_tools.notes.bisect import (
    first_passing,
    passing_ranges,
    ReleaseRun,
    sample_positions,
    search,
)


def searched(answers: str, samples: int = 4) -> list[ReleaseRun]:
    """Search releases with these results: ``y`` passes, ``-`` cannot be run, others differ."""

    def run(position: int) -> ReleaseRun | None:
        letter = answers[position]
        summary = "passes" if letter == "y" else f"got {letter}"
        return (
            None
            if letter == "-"
            else ReleaseRun(
                f"1.{position}", "2026-01-01", "3.11", letter == "y", summary, (letter,)
            )
        )

    return list(search(len(answers), run, samples).values())


def spans(runs: list[ReleaseRun]) -> list[tuple[str, str]]:
    return [(first.version, last.version) for first, last in passing_ranges(runs)]


@pytest.mark.parametrize(
    ("answers", "value"),
    [
        ("nnnnnnnnyyyyyyyyyyyy", "1.8"),
        ("yyyynnnnnyyyyyyyyyyy", "1.9"),
        ("abcdefghijklmnopqrsy", "1.19"),
        ("n---------yyyyyyyyyy", "1.10"),
        ("----nnnnyyyyyyyyyyyy", "1.8"),
        ("ny", "1.1"),
        ("yyyyyyyyyyyyyyyyyyyy", None),
        ("yyyyyyyyyyyyyyyyyyyn", None),
        ("nnnn", None),
        ("y", None),
        ("", None),
        ("----", None),
    ],
)
def test_first_release_that_passes(answers: str, value: str | None) -> None:
    assert first_passing(searched(answers)) == value


def test_a_result_may_change_more_than_once() -> None:
    runs = searched("yyyyyyynnnnnnnyyyyyyyyyyyyyyyy", samples=5)
    assert spans(runs) == [("1.0", "1.6"), ("1.14", "1.29")]


def test_few_releases_are_run() -> None:
    assert len(searched("n" * 700 + "y" * 300, samples=10)) <= 10 + 7


def test_samples_are_evenly_spaced() -> None:
    assert sample_positions(100, 4) == [0, 33, 66, 99]
    assert sample_positions(3, 12) == [0, 1, 2]


def test_output_ends_with_a_field_to_copy() -> None:
    output = releases.text(searched("ynny"), "order", "FastAPI", 40)
    assert (
        output
        == """\
order: 4 of 40 releases of FastAPI tried
  1.0  (2026-01-01, Python 3.11)  passes
  1.1  (2026-01-01, Python 3.11)  got n
  1.2  (2026-01-01, Python 3.11)  got n
  1.3  (2026-01-01, Python 3.11)  passes
It passes up to 1.0, and since 1.3.

:Since: 1.3
"""
    )


@pytest.mark.parametrize(
    ("answers", "last"),
    [
        ("yy", "It passes with all of them, so the first release is unknown."),
        ("nn", "It passes with none of them."),
        ("", "No release of Hug can be run here."),
        ("nyn", "It passes with 1.1."),
        ("nyyn", "It passes from 1.1 to 1.2."),
    ],
)
def test_summary_of_the_ranges(answers: str, last: str) -> None:
    assert releases.text(searched(answers), "x", "Hug", 9).splitlines()[-1] == last
