"""Labels, which ``:ref:`` links to: each proposal has its own."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TypeVar

from .._files import as_text
from ..process.model import Process
from .body import Label
from .model import Attachments, Proposal

_Key = TypeVar("_Key")

# ".. _rationale:", ".. _`a: b`:", and in Markdown "(rationale)=" on a line of its own
_LABEL = re.compile(
    r"^(?:\.\.[ ]_(?:`([^`\n]+)`|([^`:\n]+)):|\(([^()\n]+)\)=)[ \t]*$", re.MULTILINE
)


def find_label(name: str, proposal: Proposal) -> Label | None:
    """Return the label of a proposal that has a name, if there is one."""
    return proposal.labels.get(name)


def find_owners(name: str, proposals: Iterable[tuple[_Key, Proposal]]) -> list[_Key]:
    """Return the keys of the proposals that have a label with that name."""
    return [key for key, proposal in proposals if find_label(name, proposal)]


def leads_elsewhere(name: str, *, is_literal: bool) -> bool:
    """Return whether a label is that of another site: ``python:glossary``.

    :param is_literal: Whether the process shows links to labels as they are written, because the
        community's own site can look them up elsewhere.
    """
    return is_literal and ":" in name


def page_labels(files: Attachments, process: Process) -> frozenset[str]:
    """Return the labels of the process' own pages, such as appendices.

    :param files: The attachments of the corpus.
    """
    globs = process.page_globs
    return frozenset(
        " ".join("".join(label).lower().split())
        for path, source in files.items()
        if process.files.is_beside(path, globs)
        for label in _LABEL.findall(as_text(source))
    )
