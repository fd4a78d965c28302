"""Infer what a community calls its proposals."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from .headers import InferredHeader

_SMALL_WORDS = {"of", "for", "and", "the", "to", "a", "in", "on"}


def infer_acronym(headers: Sequence[InferredHeader], prefix: str) -> str:
    """Return the name of the header with the number, or the letters in the names of files."""
    number = next((header.name for header in headers if header.role == "number"), prefix)
    return re.sub("[^A-Za-z0-9]", "", number).upper()[:16] or "PROPOSAL"


def infer_name(acronym: str, texts: Iterable[str]) -> str | None:
    """Return what *acronym* stands for: words with its initials, if one of *texts* has them.

    ``NumPy Enhancement Proposals (NEPs)`` gives ``NumPy Enhancement Proposal``.
    """
    # "Gentoo Linux Enhancement Proposal": each word begins with a capital of the acronym.
    words = r"\s+".join(rf"{letter}[\w-]*" for letter in acronym)
    pattern = re.compile(rf"\b(?:[A-Z][\w-]*\s+)?{words}", re.IGNORECASE)
    for text in texts:
        for match in pattern.finditer(text[:100_000]):
            found = match[0].split()
            found = found[-len(acronym) :] if _initials(found[-len(acronym) :], acronym) else found
            if _initials(found, acronym) and all(word[0].isupper() for word in found):
                return " ".join(found).removesuffix("s") if found[-1] != "Process" else None
    return None


def _initials(words: Sequence[str], acronym: str) -> bool:
    significant = [word for word in words if word not in _SMALL_WORDS]
    return "".join(word[0] for word in significant).upper() == acronym
