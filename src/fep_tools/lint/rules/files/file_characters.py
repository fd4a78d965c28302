import unicodedata
from collections.abc import Set

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
    hidden = frozenset(filter(_is_hidden, set(proposal.text)))
    for number, line in enumerate(proposal.lines, start=1):
        for character, (first, *others) in _find_unneeded(hidden, line, number == 1).items():
            times = f" ({len(others) + 1} times)" if others else ""
            name = unicodedata.name(character, "")
            what = f"U+{ord(character):04X}" + (f" ({name})" if name else "")
            is_reordering = character in _REORDERING
            effect = "changes the order of the text" if is_reordering else "is invisible"
            message = f"{what} {effect}{times}; remove it"
            yield Finding(Span(number, first + 1, number, first + 2), message)


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


def _find_unneeded(hidden: Set[str], line: str, is_first: bool) -> dict[str, list[int]]:
    """Return where in a line *hidden* characters are that its script does not need."""
    found: dict[str, list[int]] = {}
    if hidden.isdisjoint(line):
        return found
    kinds = (unicodedata.bidirectional(c) for c in line if c not in _DIRECTION_MARKS)
    is_from_right = any(kind in {"R", "AL"} for kind in kinds)
    for index, character in enumerate(line):
        if character not in hidden or (is_from_right and character in _DIRECTION_MARKS):
            continue
        neighbours = (line[index - 1 : index], line[index + 1 : index + 2])
        if character in _JOINERS and all(map(_can_join, neighbours)):
            continue
        # A byte order mark at the very beginning is reported by header-top.
        if not (is_first and index == 0 and character == BYTE_ORDER_MARK):
            found.setdefault(character, []).append(index)
    return found


def _can_join(neighbour: str) -> bool:
    """Return whether a joiner may be next to it: symbols (emoji), marks, letters without case."""
    return bool(neighbour) and unicodedata.category(neighbour) in {"So", "Sk", "Mn", "Mc", "Lo"}
