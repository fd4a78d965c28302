"""Symbols, and the places that use one."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from enum import StrEnum
from functools import cached_property
from typing import NamedTuple

from .resolution import canonical


class Certainty(StrEnum):
    """How certain it is that a place uses a symbol, and that it fails without it."""

    CERTAIN = "certain"
    LIKELY = "likely"
    GUARDED = "guarded"


CERTAINTY_MEANINGS = {
    Certainty.CERTAIN: "the name is used there",
    Certainty.LIKELY: "an object is used that is probably Flask's, judging by its name",
    Certainty.GUARDED: "the code is prepared for the name to be missing",
}
"""The meaning of each certainty, for people."""


class Use(NamedTuple):
    """A place that uses a symbol. Lines and columns count from 1, columns in code points."""

    path: str
    line: int
    column: int
    symbol: str
    certainty: Certainty


class SymbolTable:
    """The symbols to look for.

    :param symbols: dotted names, as ``flask.Flask.before_first_request``. A name stands for
        everything below it: ``flask.ext`` for ``flask.ext.login`` too.
    """

    def __init__(self, symbols: Iterable[str]) -> None:
        self.symbols = tuple(dict.fromkeys(symbols))
        self._by_name = {canonical(symbol): symbol for symbol in self.symbols}
        self._longest = max(map(len, self._by_name), default=0)

    def find(self, name: str) -> str | None:
        """Return the symbol that *name* is or is below of."""
        name = canonical(name)
        if len(name) > self._longest:  # one that is much longer would be cut many times
            name = name[: self._longest + 1].rpartition(".")[0]
        while name:
            if name in self._by_name:
                return self._by_name[name]
            name = name.rpartition(".")[0]
        return None

    def exported(self, module: str, name: str) -> str | None:
        """Return the symbol that ``from module import *`` binds as *name*."""
        return None if name.startswith("_") else self._by_name.get(canonical(f"{module}.{name}"))

    def may_export(self, module: str) -> bool:
        """Return whether ``from module import *`` may bind a symbol.

        A program can have thousands of others, and each name may come from any of them.
        """
        return canonical(f"{module}.x").rpartition(".")[0] in self._modules

    @cached_property
    def _modules(self) -> frozenset[str]:
        # flask.Config is flask.config.Config.
        return frozenset(("flask", *(name.rpartition(".")[0] for name in self._by_name)))

    @cached_property
    def _mentions(self) -> re.Pattern[str]:
        # No use of flask.Flask.env is in a text without "env". A lookahead is not needed.
        words = sorted({re.escape(symbol.rpartition(".")[2]) for symbol in self.symbols})
        return re.compile("|".join(words) or r"(?!)")

    def may_be_in(self, source: str) -> bool:
        """Return whether *source* has the last part of a symbol anywhere, even in a comment."""
        if not source.isascii():
            # Python normalizes identifiers.
            source = unicodedata.normalize("NFKC", source)
        return self._mentions.search(source) is not None
