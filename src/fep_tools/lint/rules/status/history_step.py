from collections.abc import Iterator
from itertools import pairwise

from ...._text import join_words
from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule
from ..headers._helpers import records


@rule("S007")
def history_step(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """A history has a step that the process does not have.

    The process says which status may follow which. A proposal that records a decision made
    elsewhere may skip the steps that only this repository knows.

    Bad::

        FEP: 7
        Title: Typed views
        Type: Standards Track
        Status-History: 2026-11-02 Draft https://example.org/1
            2026-11-12 Accepted https://example.org/2

    Good::

        FEP: 7
        Title: Typed views
        Type: Standards Track
        Status-History: 2026-11-02 Draft https://example.org/1
            2026-11-12 Review https://example.org/2
    """
    header, type_ = process.header_for("history"), proposal.type
    retroactive = bool(proposal.value("retroactive"))
    for (before, _), (after, span) in pairwise(records(proposal, header)):
        if not (type_ and before.status and after.status):
            continue
        if process.transition(before.status, after.status, type_, retroactive=retroactive):
            continue
        steps = process.transitions_from(before.status, type_, retroactive=retroactive)
        names = [name for step in steps for name in step.to]
        message = (
            f'"{after.status}" does not follow "{before.status}"; '
            f"{_allowed(before.status, names, type_, process)}"
        )
        yield Finding(span, message, help=_help(before.status, after.status, type_, process))


def _allowed(before: str, names: list[str], type_: str, process: Process) -> str:
    what = f"a {type_} {process.acronym}"
    if not names:
        return f"{what} stays {before}, and a new one takes the matter up again"
    return f"{what} goes from {before} to {join_words(dict.fromkeys(names))}"


def _help(before: str, after: str, type_: str, process: Process) -> str:
    """Where only a retroactive proposal may make the step, which header says that it is one."""
    header = process.header_for("retroactive")
    if header and process.transition(before, after, type_, retroactive=True):
        return f"a record of a decision made elsewhere says so with '{header.name}'"
    return ""
