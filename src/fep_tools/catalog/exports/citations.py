"""How a proposal is cited: for BibTeX, and as the JSON of the Citation Style Language (CSL).

A key is made of the number alone, so that it stays what it is when everything else changes.
"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from ..._text import inert
from ...process.model import Process
from ..model import CatalogEntry

_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "^": r"\textasciicircum{}",
    "~": r"\textasciitilde{}",
    **{sign: f"\\{sign}" for sign in "#$%&_"},
}
"""Braces are named, since BibTeX counts those behind a backslash too."""

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


def bibtex(entry: CatalogEntry, process: Process, address: str = "") -> str:
    """An entry for BibTeX and BibLaTeX; *address* is where the proposal's page is."""
    fields = {
        "author": " and ".join(_name(author.name) for author in entry.authors),
        "title": f"{{{_tex(entry.title)}}}",
        "howpublished": _tex(f"{process.name} {entry.number}"),
        "year": f"{entry.created.year:04}" if entry.created else "",
        "url": address.replace("{", "%7B").replace("}", "%7D"),
        "note": _tex(f"Status: {entry.status}") if entry.status else "",
    }
    rows = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    if entry.created:
        rows.append(f"  month = {_MONTHS[entry.created.month - 1]},\n")
    return f"@misc{{{process.slug(entry.number)},\n{''.join(rows)}}}\n"


def csl(entries: Iterable[CatalogEntry], process: Process, addresses: Mapping[int, str]) -> str:
    """A list in CSL's JSON; *addresses* says where the page of a number is."""
    items = [_item(entry, process, addresses.get(entry.number, "")) for entry in entries]
    return inert(json.dumps(items, indent=2)) + "\n"


def _item(entry: CatalogEntry, process: Process, address: str) -> dict[str, Any]:
    """One item, without what is not known; its keys are those of CSL 1.0.2."""
    day = entry.created
    item = {
        "id": process.slug(entry.number),
        "type": "report",
        "title": _plain(entry.title),
        "author": [{"literal": _plain(author.name)} for author in entry.authors],
        "issued": {"date-parts": [[day.year, day.month, day.day]]} if day else None,
        "genre": process.name,
        "number": str(entry.number),
        "collection-title": process.plural,
        "status": entry.status,
        "abstract": _plain(entry.abstract or ""),
        "URL": address,
    }
    return {name: value for name, value in item.items() if value}


def _name(name: str) -> str:
    """A name; in braces where BibTeX would make two of it."""
    shown = _tex(name)
    return f"{{{shown}}}" if "," in shown or "and" in shown.lower().split() else shown


def _tex(text: str) -> str:
    """*text* on one line, as TeX sets it."""
    return "".join(_TEX.get(character, character) for character in _plain(text))


def _plain(text: str) -> str:
    """*text* on one line, without characters that control something or are not shown."""
    words = " ".join(text.split())
    return "".join(c for c in words if unicodedata.category(c)[0] != "C")
