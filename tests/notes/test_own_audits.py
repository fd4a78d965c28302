"""The snippets of this repository have been audited, and each of their statements is needed."""

from __future__ import annotations

from pathlib import Path

from fep_tools import Repository
from fep_tools.notes.audit import recorded_audits
from fep_tools.notes.jobs import collect_jobs

ROOT = Path(__file__).parents[2]


def test_saved_audits_are_clean() -> None:
    """Nothing is run: an audit belongs to a snippet, an environment and a harness."""
    repository = Repository.open(ROOT)
    corpus = repository.corpus()
    notes = repository.note_store(corpus)
    statuses = [
        (proposal.number, proposal.path, status)
        for proposal in corpus
        if proposal.number is not None
        for status in notes.statuses(proposal.body, proposal.path)
    ]
    jobs, _skipped = collect_jobs(statuses, notes)
    audits = {audit.job.snippet.name: audit for audit in recorded_audits(jobs)}
    assert len(jobs) > 100
    assert [job.snippet.name for job in jobs if job.snippet.name not in audits] == []
    assert [(name, audit.unexplained) for name, audit in audits.items() if not audit.is_clean] == []
