import unicodedata
from collections.abc import Iterator

from ....diagnostics import Finding, Span
from ....proposals.model import Proposal
from ....proposals.preamble import BYTE_ORDER_MARK
from ...rule import rule

_MARKS = "\u061c\u200e\u200f"
_JOINERS = "\u200c\u200d"
_FILLERS = "\u115f\u1160\u3164\uffa0"
_ORDER = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069") | frozenset(_MARKS)


@rule("C002")
def file_characters(proposal: Proposal) -> Iterator[Finding]:
    r"""A file holds a character that cannot be seen.

    Some of them reorder the line, so that people read something else than programs do;
    others hide a difference between two words. What a script needs is fine: a joiner within
    an emoji or a word of an Indic script, a direction mark in a line that has Arabic or
    Hebrew.

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
        places = list(_places(character, proposal))
        if places:
            times = f", {len(places)} times" if len(places) > 1 else ""
            yield Finding(places[0], f"{_called(character)} {_effect(character)}{times}; remove it")


def _is_hidden(character: str) -> bool:
    if character.isascii() or unicodedata.bidirectional(character) == "AN":
        return False
    number = ord(character)
    no_character = number & 0xFFFE == 0xFFFE or 0xFDD0 <= number <= 0xFDEF
    hidden = unicodedata.category(character) in {"Cf", "Co"}
    return no_character or hidden or character in _FILLERS


def _places(character: str, proposal: Proposal) -> Iterator[Span]:
    for number, line in enumerate(proposal.lines, start=1):
        at = line.find(character)
        while at >= 0:
            first = number == 1 and at == 0 and character == BYTE_ORDER_MARK
            if not first and not _is_needed(line, at):
                yield Span(number, at + 1, number, at + 2)
            at = line.find(character, at + 1)


def _is_needed(line: str, at: int) -> bool:
    """Whether the script around it cannot be written without that character."""
    if line[at] in _MARKS:
        return any(unicodedata.bidirectional(c) in {"R", "AL"} for c in line if c not in _MARKS)
    if line[at] in _JOINERS:
        return all(_joins(line[other : other + 1]) for other in (at - 1, at + 1))
    return False


def _joins(neighbour: str) -> bool:
    return bool(neighbour) and unicodedata.category(neighbour) in {"So", "Sk", "Mn", "Mc", "Lo"}


def _called(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X}{f' ({name})' if name else ''}"


def _effect(character: str) -> str:
    return "changes the order of what is read" if character in _ORDER else "cannot be seen"
