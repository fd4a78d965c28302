"""The tables and figures of FEP 43 are those of the report of its day."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

from fep_tools.extensions.criteria import State
from fep_tools.extensions.snapshot import ExtensionState, Snapshot

ROOT = Path(__file__).parents[1]
TEXT = (ROOT / "proposals" / "fep-0043.rst").read_text("utf-8")
PATH = ROOT / "fep" / "extensions" / "2026-11-30.json"
REPORT = Snapshot.parse(PATH.read_text("utf-8"), PATH.name)
STATES = (State.MET, State.NOT_MET, State.UNKNOWN)
YEAR = 365


def table(title: str) -> list[list[str]]:
    """Return the rows of the first table under a title."""
    section = TEXT.partition(f"\n{title}\n{'=' * len(title)}\n")[2]
    lines = section.partition("\n\n\n")[0].split("\n")
    borders = [n for n, line in enumerate(lines) if line.startswith("===")]
    return [re.split(" {2,}", line) for line in lines[borders[1] + 1 : borders[2]]]


def row(extension: ExtensionState) -> list[str]:
    """Return the row of an extension in the table."""
    flask = extension.flask
    if flask is None:
        is_known = extension.by_key["flask-declared"].state is not State.UNKNOWN
        flask = "none" if is_known else "not known"
    assert extension.version
    python = extension.python or "not known"
    return [extension.name, extension.version, str(extension.released), python, flask]


def ages() -> list[int]:
    return [extension.age for extension in REPORT.extensions if extension.age is not None]


def test_the_table_of_extensions() -> None:
    ordered = sorted(REPORT.extensions, key=lambda extension: extension.name.casefold())
    assert table("Extensions") == [row(extension) for extension in ordered]


def test_the_table_of_criteria() -> None:
    expected = []
    for criterion in REPORT.criteria:
        counts = Counter(e.by_key[criterion.key].state for e in REPORT.extensions)
        expected.append([criterion.title, *(str(counts[state]) for state in STATES)])
    assert table("Criteria") == expected


def old() -> list[str]:
    old = [e for e in REPORT.extensions if e.age and e.age > 5 * YEAR + 1]
    return [e.name for e in sorted(old, key=lambda e: (e.released or REPORT.date, e.name))]


def works(state: State) -> list[str]:
    return [e.name for e in REPORT.extensions if e.by_key["works"].state is state]


def reasons(text: str) -> int:
    return sum(e.by_key["flask-declared"].reason == text for e in REPORT.extensions)


@pytest.mark.parametrize(
    "sentence",
    [
        f"The newest Flask was {REPORT.flask}.",
        (
            f"the newest release of {sum(age <= YEAR for age in ages())} of "
            f"{len(REPORT.extensions)} extensions was at most one year old, and that of "
            f"{len(old())} more than five years"
        ),
        f"The median age was {median(ages()):g} days.",
        (
            f"The {len(old())} older than five years are, from the oldest to the newest, "
            f"{', '.join(old()[:-1])} and {old()[-1]}."
        ),
        (
            f"{reasons('it requires Flask, of any version')} extensions require Flask without "
            "naming a version"
        ),
        (
            f"{len(works(State.MET))} extensions were tried and worked; "
            f"{' and '.join(works(State.NOT_MET))} did not"
        ),
        f"{sum(e.python is None for e in REPORT.extensions)} extensions have only an sdist",
    ],
)
def test_the_figures_in_the_text(sentence: str) -> None:
    assert sentence in " ".join(TEXT.split())


def test_no_known_requirement_excludes_the_newest_flask() -> None:
    states = {e.by_key["flask-accepted"].state for e in REPORT.extensions}
    assert State.NOT_MET not in states
    assert "None of the known requirements excludes Flask" in TEXT
