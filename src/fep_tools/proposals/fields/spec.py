"""The format of a header's values, the mistakes in them, and the pieces that they consist of."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ...process.schema import Header


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """The format of one header's values.

    :param header: the header's table in the process file, whose keys the readers follow.
    :param choices: the words that a choice may be; those of the statuses or types, if the header
        has that role.
    :param former: pairs of a former spelling of a choice and the present one.
    :param acronym: what may stand before the number of a proposal, as in ``FEP 12``.
    """

    header: Header
    choices: tuple[str, ...] = ()
    former: tuple[tuple[str, str], ...] = ()
    acronym: str = ""


@dataclass(frozen=True, slots=True)
class Mistake:
    """A mistake in ``text[start:end]`` of a value.

    :param rule: the name of the rule that reports it.
    :param message: the end of a sentence that begins with the header's name.
    :param fix: the text to put there, if that is certain.
    """

    rule: str
    start: int
    end: int
    message: str
    fix: str | None = None


class InvalidValue(ValueError):
    """A value with mistakes, which are in the order of the text.

    :param value: What can be understood all the same: the date in ``9 March 2025``, or the two
        readable names of three. ``None`` if nothing is certain, as with a misspelt status.
    """

    def __init__(self, *mistakes: Mistake, value: Any = None) -> None:
        super().__init__("; ".join(mistake.message for mistake in mistakes))
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.start))
        self.value = value


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value, and the offset where it starts.

    *comma* is ``False`` for an entry of a list whose line ends without a comma.
    """

    text: str
    start: int = 0
    comma: bool = field(default=True, compare=False)

    @property
    def end(self) -> int:
        """The offset after its last character."""
        return self.start + len(self.text)

    @property
    def line(self) -> str:
        """Its words on one line, since a line break in a value is a space."""
        return " ".join(self.text.split())

    def error(
        self, rule: str, message: str, fix: str | None = None, value: Any = None
    ) -> InvalidValue:
        """Return an exception for a mistake that is the whole piece.

        :param value: What can be understood all the same.
        """
        return InvalidValue(Mistake(rule, self.start, self.end, message, fix), value=value)


def trimmed(text: str, start: int = 0, *, comma: bool = True) -> Piece:
    """Return *text*, which is at *start*, without the white space around it."""
    stripped = text.strip()
    return Piece(stripped, start + (text.find(stripped) if stripped else 0), comma)
