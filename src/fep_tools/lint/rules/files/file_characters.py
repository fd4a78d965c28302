import unicodedata
from collections.abc import Iterator
from itertools import groupby

from ....proposals.preamble import BYTE_ORDER_MARK
from .._api import Finding, Findings, Proposal, rule, Span

# Direction marks: ARABIC LETTER MARK, LEFT-TO-RIGHT MARK, RIGHT-TO-LEFT MARK.
_DIRECTION_MARKS = "\u061c\u200e\u200f"

# ZERO WIDTH NON-JOINER and ZERO WIDTH JOINER.
_JOINERS = "\u200c\u200d"

# Hangul fillers: letters to Unicode, and as wide as a letter, but without any ink.
_FILLERS = "\u115f\u1160\u3164\uffa0"

# Embeddings, overrides and isolates: the characters of "Trojan Source" (CVE-2021-42574).
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
_REORDERING |= frozenset(_DIRECTION_MARKS)


@rule("C002")
def file_characters(proposal: Proposal) -> Findings:
    r"""File contains an invisible character.

    Some invisible characters reorder the line, so that people read something other than what
    programs read. Others hide a difference between two words. Remove them. Characters that a
    script needs are fine: joiners in an emoji or in an Indic word, and direction marks in a
    line that contains Arabic or Hebrew.

    Bad::

        FEP: 7
        Title: Typed views

        The flag is called \u202eeurt\u202c here.

    Good::

        FEP: 7
        Title: Typed views

        The flag is called true here.
    """
    if proposal.text.isascii():
        return
    for character in sorted(filter(_is_hidden, set(proposal.text))):
        for _line, group in groupby(_find_unneeded(character, proposal), lambda span: span.line):
            first, *others = group
            times = f" ({len(others) + 1} times)" if others else ""
            name = unicodedata.name(character, "")
            what = f"U+{ord(character):04X}" + (f" ({name})" if name else "")
            is_reordering = character in _REORDERING
            effect = "changes the order of the text" if is_reordering else "is invisible"
            message = f"{what} {effect}{times}; remove it"
            yield Finding(first, message)


def _is_hidden(character: str) -> bool:
    # "AN" are the Arabic number signs, which are format characters (Cf) but visible.
    if character.isascii() or unicodedata.bidirectional(character) == "AN":
        return False
    number = ord(character)
    # U+FDD0 to U+FDEF, and the last two of every plane, are never characters.
    is_noncharacter = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    # Cf: format characters. Co: private use, which every font shows differently or not at all.
    is_unprintable = unicodedata.category(character) in {"Cf", "Co"}
    return is_noncharacter or is_unprintable or character in _FILLERS


def _find_unneeded(character: str, proposal: Proposal) -> Iterator[Span]:
    """Yield the positions of *character* where its script does not need it."""
    for number, line in enumerate(proposal.lines, start=1):
        index = line.find(character)
        while index >= 0:
            # A byte order mark at the very beginning is reported by header-top.
            is_first = number == 1 and index == 0 and character == BYTE_ORDER_MARK
            if not is_first and not _is_needed(line, index):
                yield Span(number, index + 1, number, index + 2)
            index = line.find(character, index + 1)


def _is_needed(line: str, index: int) -> bool:
    """Return whether the text around ``line[index]`` cannot be written without it."""
    if line[index] in _DIRECTION_MARKS:
        others = (c for c in line if c not in _DIRECTION_MARKS)
        return any(unicodedata.bidirectional(c) in {"R", "AL"} for c in others)
    if line[index] in _JOINERS:
        return all(_can_join(line[other : other + 1]) for other in (index - 1, index + 1))
    return False


def _can_join(neighbour: str) -> bool:
    """Return whether a joiner may be next to it: symbols (emoji), marks, letters without case."""
    return bool(neighbour) and unicodedata.category(neighbour) in {"So", "Sk", "Mn", "Mc", "Lo"}
