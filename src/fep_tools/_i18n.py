"""How something is said, in whatever language it is asked for.

Messages are written in English where they are used, with values in braces. A test finds them
there, by the names of what they are given to: :func:`gettext_noop`, and
``say`` for a :class:`Translator`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Translator:
    """A language: *one* gives what stands for a message, *some* what stands for it by a number."""

    one: Callable[[str], str]
    some: Callable[[str, str, int], str]

    def __call__(self, message: str, **values: object) -> str:
        """*message* with its *values*."""
        text = self.one(message)
        return text.format(**values) if values else text

    def plural(self, one: str, many: str, count: int, **values: object) -> str:
        """The one of two messages that fits *count*, which is among its values."""
        return self.some(one, many, count).format(count=count, **values)


def gettext_noop(message: str) -> str:
    """*message* as it is: said later, and in the catalogue for that."""
    return message


ENGLISH = Translator(str, lambda one, many, count: one if count == 1 else many)
"""Messages as they are."""
