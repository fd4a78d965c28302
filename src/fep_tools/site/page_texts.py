"""Which proposals have pages, and whether a page shows the text of its proposal."""

from __future__ import annotations

import posixpath

from .._text import join_words
from ..process.model import Process
from ..process.schema import MARKDOWN
from ..proposals.model import Proposal
from ..proposals.page_files import name_problem, PAGES_OF_SITE

SUFFIXES = (".rst", ".txt", *MARKDOWN)
"""The ends of the names of files that have pages, if the process has such files."""


def text_suffixes(process: Process) -> tuple[str, ...]:
    """Return the ends of the names of proposals whose text pages can show."""
    return tuple(suffix for suffix in SUFFIXES if process.files.is_proposal_text(f"x{suffix}"))


def shows_text(proposal: Proposal, process: Process) -> bool:
    """Return whether the page of a proposal can show its text."""
    if proposal.refusal is not None and not proposal.refusal.is_decoded:
        return False
    return proposal.path.endswith(text_suffixes(process)) and not _crash(proposal)


def can_have_page(proposal: Proposal, process: Process) -> bool:
    """Return whether a proposal can have a page: under its number, or else under its path."""
    is_named = proposal.number is not None or proposal.path.endswith(text_suffixes(process))
    return is_named and not _name_problem(proposal)


def problem_of_text(proposal: Proposal, process: Process) -> str:
    """Return why the text of a proposal is not shown as it is; empty if it is."""
    if proposal.refusal is not None:
        return proposal.refusal.message
    if problem := _name_problem(proposal):
        return f"{problem}; rename it"
    suffixes = text_suffixes(process)
    if not proposal.path.endswith(suffixes):
        return f"is not a {join_words(suffixes or SUFFIXES)} file"
    return _crash(proposal)


def _name_problem(proposal: Proposal) -> str:
    name = posixpath.splitext(proposal.path)[0]
    if name == "index" and proposal.number is None:  # the list of proposals would be lost
        return "has the name of the first page of the site"
    # "404.rst" may be proposal 404, whose page has the name that all have.
    if name.lower() in PAGES_OF_SITE and proposal.number is not None:
        return ""
    return name_problem(name)


def _crash(proposal: Proposal) -> str:
    """Return why a body could not be parsed.

    A body on which the worker process crashed, or ran out of time or memory, would do the same to
    the build. See docs/security.rst, sec-limits.
    """
    problems = proposal.body.problems if proposal.body else ()
    return next((p.message for p in problems if p.kind == "crash"), "")
