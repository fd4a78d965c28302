"""Names of people and groups: which texts are names, and how bibliographies sort them.

A name may have letters of any script with their marks, joiners, middle dots, digits, hyphens,
apostrophes and quotation marks, and ``!`` for a click: ``Coŀla``, ``玛丽·居里``, ``!Xóõ``,
``Patrick "Pat" O’Neil``, ``R2 D2``.
"""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_APOSTROPHES = "'`\u00b4\u2018\u2019\u201b\u2032\uff07\u055a\u05f3\u05f4"
_QUOTES = '"\u201c\u201d\u201e\u00ab\u00bb'
_HYPHENS = r"\-\u2010\u2011\u2013\u05be\u30a0"
# Middle dots: of Catalan, of names in Chinese and Japanese, and between syllables in Tibetan.
_DOTS = ".\u00b7\u0387\u2022\u2027\u30fb\uff65\u0f0b"

SCRIPT_CHARACTERS = "\u200c\u200d\u200e\u200f\u061c"
"""Characters of names that have no shape of their own.

They are joiners, which Persian and Indic names need, and marks of direction. The rule
file-characters reports those that no script needs.
"""

_NAME = re.compile(
    rf"(?=.*[^\W\d_])"  # at least one letter
    rf"[\w!({_APOSTROPHES}{_QUOTES}]"
    rf"(?:[\w !&(){_APOSTROPHES}{_QUOTES}{_HYPHENS}{_DOTS}]*[\w!).{_APOSTROPHES}{_QUOTES}\u0f0b])?"
)

_SUFFIX = re.compile(
    r"Jr\.?|Sr\.?|I{2,3}|IV|VI{1,3}|2nd|3rd|Ph\.? ?D\.?|M\.? ?D\.?|D\.? ?Phil\.?|Esq\.?|OBE|CBE",
    re.IGNORECASE,
)

# "Fred L. Drake Jr.", without a comma. Names of two words may be first and family name, and "Vi" is
# a family name.
_LAST_WORD = re.compile(r"(?P<name>\S+ .*\S) (?P<suffix>Jr\.?|Sr\.?|I{2,3}|IV|2nd|3rd|PhD|Ph\.D\.)")


def is_name(text: str) -> bool:
    """Return whether *text* is a name of a person or a group."""
    name, suffix = split_suffix(text)
    if suffix:
        text = f"{name} {suffix}"
    if not text.isascii():
        text = "".join(c for c in text if not _is_mark(c))
    return _NAME.fullmatch(" ".join(text.split())) is not None


def _is_mark(character: str) -> bool:
    """Return whether it changes the letter before it: an accent, a vowel sign, a joiner."""
    return character in SCRIPT_CHARACTERS or unicodedata.category(character)[0] == "M"


def split_suffix(text: str) -> tuple[str, str]:
    """Return a name, and what follows it if that is no other name: ``Jr.`` or ``PhD``."""
    if match := _LAST_WORD.fullmatch(" ".join(text.split())):
        return match["name"].rstrip(" ,"), match["suffix"]
    name, _comma, suffix = text.rpartition(",")
    if name.strip() and is_suffix(suffix):
        return name.strip(), suffix.strip()
    return text, ""


def is_suffix(text: str) -> bool:
    """Return whether *text* belongs to the name before its comma."""
    return _SUFFIX.fullmatch(text.strip()) is not None


# Bibliographies --------------------------------------------------------------------------------

_ENGLISH = """
alliance association authors board club coalition collective commission committee community company
consortium contributors cooperative corporation council department developers devs editors
federation forum foundation gmbh group groups inc initiative institute institution labs laboratory
llc ltd maintainers members network organisation organization panel participants project reviewers
sig society sponsors squad steering subcommittee syndicate taskforce team teams university users
volunteers wg workgroup
"""
_OTHER = """
asociaci\u00f3n associa\u00e7\u00e3o comit\u00e9 consejo equipe equipo fondation fundaci\u00f3n
groupe stiftung verein \u00e9quipe
"""
_GROUP_WORDS = frozenset(f"{_ENGLISH}{_OTHER}".split())
"""Words that no personal name has, in lower case."""

_PARTICLES = frozenset({"da", "de", "del", "der", "di", "dos", "du", "la", "ter", "van", "von"})
"""Words before a family name that are no first name: those of ``de la Cruz``, who gives none."""

_ARTICLES = frozenset({"the"})


def is_group(name: str, own_words: frozenset[str] = frozenset()) -> bool:
    """Return whether *name* is that of a group, and not of a person: ``The Flask Team``.

    :param own_words: Words in lower case that only groups of this community have in their names,
        such as its acronym in ``FEP editors``.
    """
    words = [word.strip(".,()").casefold() for word in name.split()]
    if len(words) > 1 and words[0] in _ARTICLES:
        return True
    return "&" in words or any(word in _GROUP_WORDS or word in own_words for word in words)


class PersonalName(NamedTuple):
    """The parts of a personal name by which bibliographies sort it and abbreviate it.

    :param particle: The words before the family name in lower case, such as ``van``.
    """

    given: str
    particle: str
    family: str
    suffix: str


def split_name(name: str) -> PersonalName | None:
    """Return the parts of a personal name; ``None`` if it is one word or not in Latin letters.

    The parts are those that BibTeX finds in ``First von Last``: the family name is the last word,
    with the particle before it that begins with the first word in lower case.
    """
    name, suffix = split_suffix(name)
    words = name.split()
    is_latin = all(_is_latin(c) for c in name if c.isalpha())
    if len(words) < 2 or not is_latin or words[-1].endswith(")"):
        return None
    # Not any first word: "bell hooks" has no capitals at all.
    lower = (
        n for n, word in enumerate(words[:-1]) if word in _PARTICLES or (n and word[:1].islower())
    )
    start = end = next(lower, len(words) - 1)
    while end < len(words) - 1 and words[end][:1].islower():
        end += 1
    given, particle, family = words[:start], words[start:end], words[end:]
    return PersonalName(" ".join(given), " ".join(particle), " ".join(family), suffix)


def _is_latin(character: str) -> bool:
    return unicodedata.name(character, "").startswith("LATIN ")
