"""What rules about headers share: a mistake in a value as a finding at its place."""

from __future__ import annotations

from collections.abc import Iterator

from ..diagnostic import Edit
from ..diagnostic import Finding
from ..process import Process
from ..proposal import Proposal


def mistaken(proposal: Proposal, process: Process, rule: str) -> Iterator[Finding]:
    """The mistakes in header values that are for the rule of that name, in their places."""
    for header in process.headers:
        for mistake in proposal.mistakes.get(header.key, ()):
            if mistake.rule == rule:
                span = proposal.fields[header.key].span(mistake.start, mistake.end)
                edits = () if mistake.fix is None else (Edit(span, mistake.fix),)
                yield Finding(span, f"'{header.name}' {mistake.message}", edits=edits)
