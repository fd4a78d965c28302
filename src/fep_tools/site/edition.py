"""What one build publishes: the proposals, under which name each, and what is left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Self

from ..catalog import Catalog
from ..catalog import catalogue
from ..catalog import Entry
from ..errors import RepositoryError
from ..history.past import Past
from ..process import Process
from ..proposal import Corpus
from ..proposal import Proposal
from ..repository import Repository
from ..repository import TOOL

SUFFIX = ".rst"

SHALLOW = (
    "the clone is shallow, and what came before is unknown; git fetch --unshallow brings it, "
    "in CI fetch-depth: 0"
)


@dataclass(frozen=True)
class Edition:
    """The proposals that are published by the names of their pages, and what is known of all.

    *left_out* says for the path of each other file why it is not among them; *doubt* says what
    is amiss with the history.
    """

    root: Path
    process: Process
    catalog: Catalog
    proposals: Mapping[str, Proposal]
    left_out: Mapping[str, str]
    doubt: str = ""

    @classmethod
    def read(cls, repository: Repository, jobs: int = 0) -> Self:
        """Everything that *repository* holds, read by *jobs* processes; 0 for one a core."""
        corpus = repository.corpus(jobs=jobs)
        troubles = {proposal.path: _trouble(proposal) for proposal in corpus}
        kept = Corpus(tuple(p for p in corpus if not troubles[p.path]), corpus.strays)
        process = repository.process
        past, doubt = _past(repository)
        return cls(
            root=repository.root,
            process=process,
            catalog=catalogue(kept, process, TOOL, past),
            proposals=_named(kept, process),
            left_out={path: trouble for path, trouble in troubles.items() if trouble},
            doubt=doubt,
        )

    @cached_property
    def pages(self) -> Mapping[int, str]:
        """The name of the page of each proposal, by number."""
        by_path = {proposal.path: name for name, proposal in self.proposals.items()}
        return {entry.number: by_path[entry.path] for entry in self.catalog.proposals}

    @cached_property
    def listing(self) -> str:
        """Everything that the index shows."""
        rows = ((e.number, e.title, e.authors, e.type, e.status) for e in self.catalog.proposals)
        return repr(list(rows))

    def entry(self, page: str) -> Entry | None:
        """What the catalog says of the proposal on *page*, if there is one that it lists."""
        proposal = self.proposals.get(page)
        if proposal is None or proposal.number is None:
            return None
        entry = self.catalog.get(proposal.number)
        return entry if entry and self.pages[entry.number] == page else None

    def label(self, number: int) -> str:
        """``FEP 11: Blueprints``, or ``FEP 11`` where there is none of that number."""
        entry = self.catalog.get(number)
        label = self.process.label(number)
        return f"{label}: {entry.title}" if entry else label


def _past(repository: Repository) -> tuple[Past | None, str]:
    """The past as far as there is one, and what is amiss with it."""
    try:
        past = repository.past_if_kept()
    except RepositoryError as problem:
        return None, str(problem)
    return past, "" if past is None or past.complete else SHALLOW


def _trouble(proposal: Proposal) -> str:
    """Why *proposal* cannot be published; empty where it can (SEC-D5)."""
    if proposal.refusal is not None:
        return proposal.refusal.message
    if not proposal.path.endswith(SUFFIX):
        return f"is not a {SUFFIX} file"
    problems = proposal.body.problems if proposal.body else ()
    return next((p.message for p in problems if p.trouble == "crash"), "")


def _named(corpus: Corpus, process: Process) -> dict[str, Proposal]:
    """Each proposal under its number; one without a number of its own under its path."""
    return {_name(proposal, corpus, process): proposal for proposal in corpus}


def _name(proposal: Proposal, corpus: Corpus, process: Process) -> str:
    number = proposal.number
    if number is None or corpus.get(number) is not proposal:
        return proposal.path.removesuffix(SUFFIX)
    return f"{process.acronym.lower()}-{number:04}"
