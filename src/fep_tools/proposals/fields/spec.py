"""The format of a header's values, the mistakes in them, and the pieces that they consist of."""

from __future__ import annotations

from dataclasses import dataclass, field

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
    """What is wrong with ``text[start:end]``, and what to put there if that is certain.

    *rule* names the rule that reports it; *message* goes on where the header's name ends.
    """

    rule: str
    start: int
    end: int
    message: str
    fix: str | None = None


class InvalidValue(ValueError):
    """A value that does not have the form of its kind; *mistakes* stand in their order."""

    def __init__(self, *mistakes: Mistake) -> None:
        super().__init__("; ".join(mistake.message for mistake in mistakes))
        self.mistakes = tuple(sorted(mistakes, key=lambda mistake: mistake.start))


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a value and where it starts; *comma*: whether it ends as an entry should."""

    text: str
    start: int = 0
    comma: bool = field(default=True, compare=False)

    @property
    def end(self) -> int:
        """Where it ends."""
        return self.start + len(self.text)

    @property
    def line(self) -> str:
        """Its words on one line: a line break in a value is a blank."""
        return " ".join(self.text.split())

    def wrong(self, rule: str, message: str, fix: str | None = None) -> InvalidValue:
        """A mistake that is all of it, to be raised."""
        return InvalidValue(Mistake(rule, self.start, self.end, message, fix))


def trimmed(text: str, start: int = 0, *, comma: bool = True) -> Piece:
    """The part of *text* between the blanks around it."""
    stripped = text.strip()
    return Piece(stripped, start + (text.find(stripped) if stripped else 0), comma)
