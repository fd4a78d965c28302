"""Everything that a rule file imports: the decorator, its subjects, findings and their wording.

A rule is one function in one file, so each file would otherwise begin with the same eight
imports. Helpers of a family are in its ``_helpers.py``; those that several families need are
in ``_headers.py``, ``_relations.py`` and ``_confusables.py`` beside this file.
"""

from __future__ import annotations

from collections.abc import Iterator

from ..._clock import add_days
from ..._numbers import NUMBER
from ..._text import closest_match, is_utf8, join_words, plural, quote, safe, Suggestions
from ...diagnostics import Edit, Finding, Related, Severity, Span
from ...process.model import Process
from ...proposals.model import Corpus, Proposal
from ..changes import ChangeSet, ProposalChange
from ..rule import rule

Findings = Iterator[Finding]
"""The return type of every rule."""

__all__ = [
    "NUMBER",
    "ChangeSet",
    "Corpus",
    "Edit",
    "Finding",
    "Findings",
    "Process",
    "Proposal",
    "ProposalChange",
    "Related",
    "Severity",
    "Span",
    "Suggestions",
    "add_days",
    "closest_match",
    "is_utf8",
    "join_words",
    "plural",
    "quote",
    "rule",
    "safe",
]
