"""Looking things up in a process."""

from __future__ import annotations

import pytest

from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.model import Proposal


def test_lookups(process: Process) -> None:
    assert process.header_name("superseded_by") == "Superseded-By"
    assert process.header_name("posts") == "posts"
    assert process.header_for("created") is process.header("Created")
    assert process.status("Draft") is process.initial_status
    assert process.status(None) is None
    assert process.label(7) == "FEP 7"
    assert process.label(None) == "FEP"
    group = process.index_group("Withdrawn", "Process")
    assert group is not None
    assert group.title == "Rejected and withdrawn"
    assert process.index_group("Nonsense", None) is None
    assert "Backwards Compatibility" not in [s.title for s in process.sections_for("Process")]


@pytest.mark.parametrize(
    ("spelling", "name"),
    [
        ("Draft", "Draft"),
        ("draft", "Draft"),
        ("Acepted", "Accepted"),
        ("ACEPTED", "Accepted"),
        ("Frozen", None),
        ("", None),
    ],
)
def test_a_status_is_recognised_as_it_is_read_in_headers(spelling: str, name: str | None) -> None:
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    status = pep.resolve_status(spelling)
    assert (status.name if status else None) == name
    proposal = Proposal.parse(f"PEP: 7\nStatus: {spelling}\n", pep)
    assert proposal.status == name


def test_a_copy_keeps_nothing_that_was_computed_before(process: Process) -> None:
    assert process.memo(lambda p: p.default_role) == ""
    by_key = process.by_key
    changed = process.with_default_role("code")
    assert changed.memo(lambda p: p.default_role) == "code"
    assert changed.by_key == by_key
    assert changed.by_key is not by_key
    assert changed.source == process.source


@pytest.mark.parametrize(
    ("status", "type_", "title", "group"),
    [
        ("Final", "Informational", "Python 3.9 Release Schedule", "Historical"),
        ("Final", "Informational", "Schedule of a release", "Other"),
        ("Active", "Informational", "Python 3.9 Release Schedule", "Other"),
        ("Final", "Standards Track", "Release schedule", "Finished"),
        ("Superseded", "Process", "", "Historical"),
        ("Superseded", "Informational", "", "Rejected"),
        ("Accepted", "Process", "", "Process"),
        ("Rejected", "Process", "", "Rejected"),
        ("Draft", "Process", "Release schedule", "Open"),
    ],
)
def test_the_group_of_the_index(status: str, type_: str, title: str, group: str) -> None:
    """A condition on the title comes first; of the others, the first that matches."""
    pep = load_process(BUILTIN_DIRECTORY / "pep.toml")
    found = pep.index_group(status, type_, title)
    assert found is not None
    assert found.title.startswith(group)


def test_the_path_of_a_new_proposal() -> None:
    dep = load_process(BUILTIN_DIRECTORY / "dep.toml")
    assert dep.path_for_new(9, "Async  Django!") == "draft/0009-async-django.rst"
    assert dep.path_for_new(9, "日本") == "draft/0009-untitled.rst"


def test_memo_computes_a_value_once_per_process(process: Process) -> None:
    calls = []

    def compute(process: Process) -> str:
        calls.append(process)
        return process.acronym

    assert [process.memo(compute), process.memo(compute)] == ["FEP", "FEP"]
    assert len(calls) == 1


def test_a_slug_may_be_twice_in_a_path(process: Process) -> None:
    files = process.files.model_copy(update={"patterns": ("{number}-{slug}/{slug}.md",)})
    files.__dict__.pop("_patterns", None)
    assert files.match("08-a-b/c.md") == {"number": "08", "slug": "a-b"}
    assert files.path(9, slug="views", status="draft") == "9-views/views.md"
    assert files.renumbered("08-a-b/c.md", 12) == "12-a-b/c.md"
    assert files.is_markdown("a.MD")
    assert not files.is_markdown("a.rst")


def test_headings_without_a_number(process: Process) -> None:
    plain = process.model_copy(update={"title_source": "heading", "title_format": "{title}"})
    assert plain.heading(7, "Views") == "Views"
    assert plain.split_title("FEP 7: Views")[0] == 7
    assert plain.number_from_label("FEP 7") == 7


PEP = load_process(BUILTIN_DIRECTORY / "pep.toml")


@pytest.mark.parametrize(
    ("before", "after", "type_", "needs"),
    [
        ("Draft", "Accepted", "Standards Track", ("Resolution",)),
        ("Draft", "Provisional", "Standards Track", ("Resolution",)),
        ("Draft", "Rejected", "Standards Track", ("Resolution",)),
        ("Draft", "Final", "Standards Track", ("Resolution",)),
        ("Deferred", "Accepted", "Standards Track", ("Resolution",)),
        ("Deferred", "Rejected", "Standards Track", ("Resolution",)),
        ("Accepted", "Rejected", "Standards Track", ("Resolution",)),
        ("Provisional", "Accepted", "Standards Track", ("Resolution",)),
        ("Provisional", "Rejected", "Standards Track", ("Resolution",)),
        ("Draft", "Withdrawn", "Standards Track", ()),
        ("Draft", "Deferred", "Standards Track", ()),
        ("Accepted", "Final", "Standards Track", ()),
        ("Accepted", "Provisional", "Standards Track", ()),
        ("Provisional", "Final", "Standards Track", ()),
        ("Final", "Superseded", "Standards Track", ()),
        ("Draft", "Active", "Process", ()),
        *(
            (before, after, type_, ())
            for type_ in ("Informational", "Process")
            for before, after in [
                ("Draft", "Accepted"),
                ("Draft", "Rejected"),
                ("Draft", "Final"),
                ("Deferred", "Accepted"),
                ("Deferred", "Rejected"),
                ("Accepted", "Rejected"),
                ("Provisional", "Accepted"),
                ("Provisional", "Rejected"),
            ]
        ),
    ],
)
def test_a_pronouncement_on_a_pep_of_the_standards_track_needs_its_link(
    before: str, after: str, type_: str, needs: tuple[str, ...]
) -> None:
    """PEP 1: "The Resolution header is required for Standards Track PEPs only"."""
    transition = PEP.transition(before, after, type_)
    assert transition is not None
    assert transition.needs == needs
