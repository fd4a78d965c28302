"""The proposals for a version."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from fep_tools.catalog.history import Interval
from fep_tools.catalog.model import Catalog, CatalogEntry
from fep_tools.editorial.releases import compute_release, ReleaseEntry, version_key
from fep_tools.process.model import Process
from fep_tools.process.schema import Stage


def entry(
    number: int = 11, status: str | None = "Accepted", *versions: str, **values: Any
) -> CatalogEntry:
    return CatalogEntry(
        number=number, path=f"{number}.rst", status=status, versions=versions, **values
    )


def interval(status: str, stage: Stage) -> Interval:
    return Interval(status, stage, date(2025, 1, 1))


def release(
    process: Process, *entries: CatalogEntry, is_released: bool = False
) -> list[ReleaseEntry]:
    catalog = Catalog(tool="t", process="FEP", proposals=entries)
    return compute_release(catalog, process, "3.2", is_released=is_released)


@pytest.mark.parametrize(
    ("status", "state", "reasons"),
    [
        ("Draft", "planned", ("is not accepted: Draft",)),
        ("Review", "planned", ("is not accepted: Review",)),
        ("Accepted", "accepted", ()),
        ("Active", "final", ()),
        ("Final", "final", ()),
        ("Deferred", "dropped", ("is Deferred",)),
        ("Rejected", "dropped", ("is Rejected",)),
        ("Withdrawn", "dropped", ("is Withdrawn",)),
        (None, "dropped", ("is without a status",)),
    ],
)
def test_states(process: Process, status: str | None, state: str, reasons: tuple[str, ...]) -> None:
    (found,) = release(process, entry(11, status, "3.2"))
    assert (found.state, found.reasons) == (state, reasons)


@pytest.mark.parametrize(
    ("status", "state", "reasons"),
    [
        ("Review", "forgotten", ("is still Review",)),
        ("Accepted", "forgotten", ("is still Accepted",)),
        ("Final", "final", ()),
        ("Rejected", "dropped", ("is Rejected",)),
    ],
)
def test_states_after_the_release(
    process: Process, status: str, state: str, reasons: tuple[str, ...]
) -> None:
    (found,) = release(process, entry(11, status, "3.2"), is_released=True)
    assert (found.state, found.reasons) == (state, reasons)


@pytest.mark.parametrize(
    ("versions", "status", "reasons"),
    [
        (("3.1",), "Accepted", ["is for 3.1 and still Accepted"]),
        (("3.0", "3.1"), "Draft", ["is for 3.0, 3.1 and still Draft"]),
        (("3.1",), "Final", []),
        (("3.1",), "Deferred", []),
        (("3.1", "3.3"), "Accepted", []),
        (("3.x",), "Accepted", []),
        ((), "Accepted", []),
    ],
)
def test_proposals_that_an_earlier_version_should_have_had(
    process: Process, versions: tuple[str, ...], status: str, reasons: list[str]
) -> None:
    found = release(process, entry(11, status, *versions))
    assert [reason for each in found for reason in each.reasons] == reasons
    assert {each.state for each in found} <= {"forgotten"}


@pytest.mark.parametrize(
    ("required", "reason"),
    [
        (None, "requires FEP 7, which does not exist"),
        (entry(7, "Draft", "3.2"), "requires FEP 7, which is Draft"),
        (entry(7, "Deferred"), "requires FEP 7, which is Deferred"),
        (entry(7, "Rejected"), "requires FEP 7, which is Rejected"),
        (entry(7, "Accepted", "3.3"), "requires FEP 7, which is for 3.3"),
        (entry(7, "Final", "3.1"), None),
        (entry(7, "Accepted", "3.2"), None),
        (entry(7, "Accepted"), None),
    ],
)
def test_what_a_proposal_waits_for(
    process: Process, required: CatalogEntry | None, reason: str | None
) -> None:
    others = [required] if required else []
    found = release(process, *others, entry(11, "Accepted", "3.2", requires=(7,)))
    (own,) = (each for each in found if each.entry.number == 11)
    assert (own.state, own.reasons) == (("blocked", (reason,)) if reason else ("accepted", ()))


def test_a_superseded_proposal_that_a_version_had(process: Process) -> None:
    intervals = (interval("Final", "done"), interval("Superseded", "dead"))
    (found,) = release(process, entry(11, "Superseded", "3.2", intervals=intervals))
    assert (found.state, found.reasons) == ("final", ("is Superseded now",))
    waiting = entry(12, "Accepted", "3.2", requires=(11,))
    found = release(process, entry(11, "Superseded", "3.2", intervals=intervals), waiting)[0]
    assert (found.entry.number, found.state) == (12, "accepted")


def test_a_status_by_mistake_does_not_make_a_proposal_final(process: Process) -> None:
    intervals = (
        interval("Active", "done"), interval("Draft", "open"), interval("Rejected", "dead"),
    )  # fmt: skip
    (found,) = release(process, entry(11, "Rejected", "3.2", intervals=intervals))
    assert found.state == "dropped"


def test_a_feature_that_was_removed_again(process: Process) -> None:
    (found,) = release(process, entry(11, "Final", "3.2", removed=("4.0",)))
    assert (found.state, found.reasons) == ("final", ("was removed in 4.0",))


def test_the_order_is_by_state_and_number(process: Process) -> None:
    entries = [entry(n, s, "3.2") for n, s in ((1, "Final"), (2, "Accepted"), (3, "Draft"))]
    late = entry(9, "Accepted", "3.1")
    found = release(process, *entries, late, entry(4, "Final", "3.2"))
    assert [each.entry.number for each in found] == [9, 3, 2, 1, 4]


@pytest.mark.parametrize(
    ("smaller", "larger"), [("3.9", "3.10"), ("3", "3.1"), ("3.99", "3.x"), ("v2.9", "3.0rc1")]
)
def test_versions_are_sorted(smaller: str, larger: str) -> None:
    assert version_key(smaller) < version_key(larger)


@pytest.mark.parametrize("same", ["3.1.0", "v3.1", " 3.1 ", "3.1.0.0"])
def test_versions_that_are_the_same(same: str) -> None:
    assert version_key(same) == version_key("3.1")
