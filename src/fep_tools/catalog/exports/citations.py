"""Citations for BibTeX, and in the JSON of the Citation Style Language (CSL).

A citation key is made from the number alone, so that it never changes.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ..._text import escape_json
from ...process.model import Process
from ...proposals.fields.names import split_name, split_suffix
from ..model import Author, CatalogEntry

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{character: f"\\{character}" for character in "#$%&_"},
}
"""Characters with a meaning in TeX. ``\\{`` would not do: BibTeX counts its brace too."""

_JOINERS = "\u200c\u200d"
"""Invisible characters that names in Persian and Indic scripts need."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
"""Names that BibTeX defines."""


def bibtex(entry: CatalogEntry, process: Process, url: str = "") -> str:
    """Return an entry for BibTeX and BibLaTeX.

    :param url: The URL of the proposal's page, if it is known.
    """
    title = entry.title or process.label(entry.number)
    fields = {
        "author": " and ".join(map(_author, entry.authors)),
        "title": f"{{{_tex(title)}}}",  # inner braces keep BibTeX from lowercasing it
        "howpublished": _tex(f"{process.name} {entry.number}"),
        "year": f"{entry.created.year:04}" if entry.created else "",
        "url": url.replace("{", "%7B").replace("}", "%7D"),
        "note": _tex(f"Status: {entry.status}") if entry.status else "",
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    if entry.created:
        lines.append(f"  month = {_MONTHS[entry.created.month - 1]},\n")
    return f"@misc{{{process.slug(entry.number)},\n{''.join(lines)}}}\n"


def csl(entries: Iterable[CatalogEntry], process: Process, urls: Mapping[int, str]) -> str:
    """Return a list in the JSON of CSL.

    :param urls: The URLs of pages by number, as far as they are known.
    """
    items = [_csl_item(entry, process, urls.get(entry.number, "")) for entry in entries]
    return escape_json(json.dumps(items, indent=2)) + "\n"


def _csl_item(entry: CatalogEntry, process: Process, url: str) -> dict[str, Any]:
    """Return an item with the keys of CSL 1.0.2, without those that have no value."""
    day = entry.created
    item = {
        "id": process.slug(entry.number),
        "type": "report",
        "title": _one_line(entry.title or process.label(entry.number)),
        "author": list(map(_csl_name, entry.authors)),
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "genre": process.name,
        "number": str(entry.number),
        "collection-title": process.plural,
        "status": entry.status,
        "abstract": _one_line(entry.abstract or ""),
        "URL": url,
    }
    return {key: value for key, value in item.items() if value}


def _author(author: Author) -> str:
    """Return a name, in braces of its own if BibTeX would take it apart.

    BibTeX splits a list of authors at the word "and", and a name at commas; the last word of
    "FEP editors" would be a family name. "Roe, Jr., Sam" is its form of "Sam Roe, Jr.".
    """
    name = _one_line(author.name)
    words, suffix = split_suffix(name)
    if suffix and not author.is_group and (parts := split_name(name)) and parts.given:
        family = f"{parts.particle} {parts.family}".strip()
        return ", ".join(map(_tex, (family, suffix, parts.given)))
    is_whole = author.is_group or "," in name or "and" in words.lower().split()
    return f"{{{_tex(name)}}}" if is_whole else _tex(name)


def _csl_name(author: Author) -> dict[str, str]:
    """Return a name in the parts of CSL; a group, or a name whose parts are unknown, is whole."""
    name = _one_line(author.name)
    parts = None if author.is_group else split_name(name)
    if parts is None:
        return {"literal": name}
    values = {
        "family": parts.family,
        "given": parts.given,
        "non-dropping-particle": parts.particle,
        "suffix": parts.suffix,
    }
    return {key: value for key, value in values.items() if value}


def _tex(text: str) -> str:
    return "".join(_TEX.get(character, character) for character in _one_line(text))


def _one_line(text: str) -> str:
    """Return *text* on one line, without control and other invisible characters."""
    words = " ".join(text.split())
    return "".join(c for c in words if unicodedata.category(c)[0] != "C" or c in _JOINERS)
