"""The languages that a site is in: the first at its top, each other in a folder of its name.

Every page is there in each of them, under the same address within that folder, so that one
leads to the other without looking.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from .._text import join_words, quote
from ..catalog.urls import relative
from ..errors import ConfigError


@dataclass(frozen=True)
class Languages:
    """All of them, and the one that is being built."""

    all: tuple[str, ...]
    here: str

    @property
    def folder(self) -> str:
        """Where the language that is being built is, from the top of the site."""
        return self.folder_of(self.here)

    def folder_of(self, language: str) -> str:
        """The folder of *language*; empty for the first."""
        return f"{language}/" if language in self.all[1:] else ""

    def others(self, path: str) -> list[tuple[str, str, str]]:
        """The same page in each other language: its tag, its name, and the link to it."""
        return [
            (tag(language), name(language), self._link(language, path))
            for language in self.all
            if language != self.here
        ]

    def alternates(self, path: str, base: str) -> Iterator[str]:
        """What the head of a page says of them; *base* is the address of this language's site."""
        top = base.removesuffix(self.folder)
        for language in self.all if len(self.all) > 1 else ():
            absolute = f"{top}{self.folder_of(language)}{path}"
            href = escape(absolute if base else self._link(language, path))
            yield f'<link rel="alternate" hreflang="{escape(tag(language))}" href="{href}">'

    def context(
        self, path: str, base: str, context: Mapping[str, Any], *, alone: bool
    ) -> dict[str, Any]:
        """What a template is told of them; a page that is *alone* is found by no machine."""
        top = context.get("fep_top", "")
        told = [context.get("metatags", ""), *(() if alone else self.alternates(path, base))]
        others = [(tag, name, f"{top}{link}") for tag, name, link in self.others(path)]
        return {"fep_languages": others, "metatags": "\n".join(told)}

    def _link(self, language: str, path: str) -> str:
        start = f"{path}index.html" if path.endswith("/") or not path else path
        return relative(self.folder_of(language) + path, self.folder + start)


def chosen(given: Sequence[str], language: str) -> Languages:
    """The languages that a setting names, of which *language* is being built.

    Raises :class:`ConfigError` for what names no language, and where that one is missing.
    """
    for code in given:
        if not re.fullmatch("[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*", code):
            raise ConfigError(f'fep_languages has {quote(code)}; write a code such as "fr"')
    if given and language not in given:
        known = join_words(map(quote, given), "and")
        raise ConfigError(f"fep_languages has {known}, and the language is {quote(language)}")
    return Languages(tuple(dict.fromkeys(given)), language)


def tag(language: str) -> str:
    """What pages call *language* for machines: ``pt-BR``."""
    return language.replace("_", "-")


def name(language: str) -> str:
    """What *language* calls itself; its code, where that is not known."""
    from babel import Locale, UnknownLocaleError

    try:
        known = Locale.parse(tag(language), sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        known = None
    return known[:1].upper() + known[1:] if known else language
