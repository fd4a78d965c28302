"""Where an answer changed among releases, however often."""

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
    """What is found where each release says a letter: ``y`` holds, ``-`` cannot be tried."""

    def ask(place: int) -> ReleaseRun | None:
        letter = answers[place]
        told = "holds" if letter == "y" else f"got {letter}"
        return (
            None
            if letter == "-"
            else ReleaseRun(f"1.{place}", "2026-01-01", "3.11", letter == "y", told, (letter,))
        )

    return list(search(len(answers), ask, samples).values())


def spans(found: list[ReleaseRun]) -> list[tuple[str, str]]:
    return [(first.version, last.version) for first, last in passing_ranges(found)]


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
def test_where_it_began_is_exact(answers: str, value: str | None) -> None:
    assert first_passing(searched(answers)) == value


def test_an_answer_may_change_more_than_once() -> None:
    found = searched("yyyyyyynnnnnnnyyyyyyyyyyyyyyyy", samples=5)
    assert spans(found) == [("1.0", "1.6"), ("1.14", "1.29")]


def test_few_are_asked() -> None:
    assert len(searched("n" * 700 + "y" * 300, samples=10)) <= 10 + 7


def test_samples_are_spread_over_all() -> None:
    assert sample_positions(100, 4) == [0, 33, 66, 99]
    assert sample_positions(3, 12) == [0, 1, 2]


def test_the_answer_ends_with_what_can_be_copied() -> None:
    told = releases.text(searched("ynny"), "order", "FastAPI", 40)
    assert (
        told
        == """\
order: 4 of 40 releases of FastAPI tried
  1.0  (2026-01-01, Python 3.11)  holds
  1.1  (2026-01-01, Python 3.11)  got n
  1.2  (2026-01-01, Python 3.11)  got n
  1.3  (2026-01-01, Python 3.11)  holds
It holds up to 1.0, and since 1.3.

:Since: 1.3
"""
    )


@pytest.mark.parametrize(
    ("answers", "last"),
    [
        ("yy", "It holds in all of them; where it began cannot be told."),
        ("nn", "It holds in none of them."),
        ("", "No release of Hug can be tried here."),
        ("nyn", "It holds in 1.1."),
        ("nyyn", "It holds from 1.1 to 1.2."),
    ],
)
def test_where_it_cannot_be_told_nothing_is_claimed(answers: str, last: str) -> None:
    assert releases.text(searched(answers), "x", "Hug", 9).splitlines()[-1] == last
