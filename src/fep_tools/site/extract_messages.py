"""The template of the catalogue: every message that the site can say, found in the code.

The pages that a repository without pages of its own gets are in it as well, a message for each
title and paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_file
from babel.messages.pofile import read_po, write_po

from .i18n import CATALOGUE, LOCALE
from .project import PAGES

PACKAGE = Path(__file__).parent.parent
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "_": None,
    "fep_gettext": None,
    "gettext": None,
    "gettext_nodes": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
}
"""What messages are given to, and which of its arguments they are."""

TEMPLATE = LOCALE / f"{CATALOGUE}.pot"
WIDTH = 98
_UNDERLINE = re.compile(r"^([=~^-])\1+$")
_NO_TEXT = re.compile(r"\.\. |\||[ ]")
"""How a block begins that is no text: a directive, a substitution, or what is indented."""


def messages() -> Catalog:
    """Every message, with the files that it stands in."""
    found = Catalog(project="fep-tools", copyright_holder="the fep-tools developers")
    for path, message in _all():
        found.add(message, locations=[(path.relative_to(PACKAGE).as_posix(), 0)])
    return found


def write() -> None:
    """Write the template, and bring the catalogue of each language up to it."""
    template = messages()
    _put(TEMPLATE, template)
    for path in sorted(LOCALE.glob(f"*/LC_MESSAGES/{CATALOGUE}.po")):
        with path.open("rb") as file:
            known = read_po(file)
        known.update(template, no_fuzzy_matching=True)
        _put(path, known)


def _put(path: Path, catalogue: Catalog) -> None:
    with path.open("wb") as file:
        write_po(file, catalogue, width=WIDTH, include_lineno=False, ignore_obsolete=True)


def _all() -> Iterator[tuple[Path, str | tuple[str, ...]]]:
    for path in sorted(PACKAGE.rglob("*.py")):
        yield from _in_code("python", path)
    for path in sorted(PACKAGE.joinpath("site", "theme").glob("*.html")):
        yield from _in_code("jinja2", path)
    for path in sorted(PAGES.glob("*.rst")):
        yield from ((path, message) for message in of_page(path.read_text("utf-8")))


def _in_code(language: str, path: Path) -> Iterator[tuple[Path, str | tuple[str, ...]]]:
    for _line, message, _comments, _context in extract_from_file(language, path, KEYWORDS):
        yield path, message


def of_page(text: str) -> Iterable[str]:
    """The titles and paragraphs of a page, each on one line, as Sphinx asks for them."""
    for block in re.split(r"\n{2,}", text.strip("\n")):
        lines = [line for line in block.split("\n") if not _UNDERLINE.match(line)]
        if not _NO_TEXT.match(block):
            yield " ".join(lines)
