"""Labels, which ``:ref:`` links to: each proposal has its own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from .body import Label
from .model import Proposal

_Key = TypeVar("_Key")


def find_label(name: str, proposal: Proposal) -> Label | None:
    """Return the label of a proposal that has a name, if there is one."""
    labels = proposal.body.labels if proposal.body else ()
    return next((label for label in labels if label.name == name), None)


def find_owners(name: str, proposals: Iterable[tuple[_Key, Proposal]]) -> list[_Key]:
    """Return the keys of the proposals that have a label with that name."""
    return [key for key, proposal in proposals if find_label(name, proposal)]


def leads_elsewhere(name: str, *, is_literal: bool) -> bool:
    """Return whether a label is that of another site: ``python:glossary``.

    :param is_literal: Whether the process shows links to labels as they are written, because the
        community's own site can look them up elsewhere.
    """
    return is_literal and ":" in name
