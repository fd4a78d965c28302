"""Edits of single headers."""

from __future__ import annotations

import pytest

from fep_tools.editing.headers import append_line, remove_header, set_header
from fep_tools.errors import FepError
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process

from ..conftest import ROOT

DEP = load_process(ROOT / "src" / "fep_tools" / "process" / "builtin" / "dep.toml")


@pytest.mark.parametrize(
    ("before", "name", "value", "after"),
    [
        ("FEP: 7\nStatus: Draft\n", "Status", "Review", "FEP: 7\nStatus: Review\n"),
        ("FEP: 7\nStatus:   Draft  \n", "Status", "Review", "FEP: 7\nStatus:   Review  \n"),
        ("FEP: 7\nType: Process\n", "Status", "Draft", "FEP: 7\nStatus: Draft\nType: Process\n"),
        ("FEP: 7\nStatus:\nX: y\n", "Status", "Draft", "FEP: 7\nStatus: Draft\nX: y\n"),
        ("FEP: 7\n\nText\n", "Status", "Draft", "FEP: 7\nStatus: Draft\n\nText\n"),
        ("FEP: 7\r\n", "Status", "Draft", "FEP: 7\r\nStatus: Draft\r\n"),
        ("FEP: 7\n", "Author", "Ada,\nBob", "FEP: 7\nAuthor: Ada,\n    Bob\n"),
        ("FEP: 7", "Status", "Draft", "FEP: 7\nStatus: Draft"),
        ("\ufeffTitle: x\n", "FEP", "7", "\ufeffFEP: 7\nTitle: x\n"),
    ],
)
def test_set_header(process: Process, before: str, name: str, value: str, after: str) -> None:
    assert set_header(before, process, name, value) == after


def test_set_header_in_a_field_list() -> None:
    text = "DEP 7: x\n========\n\n:DEP: 7\n:Type: Process\n"
    expected = text.replace(":Type", ":Status: Draft\n:Type")
    assert set_header(text, DEP, "Status", "Draft") == expected


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Author: Ada\n", "Author: Ada\n    Bob\n"),
        ("Author: Ada\n  Eve\n", "Author: Ada\n  Eve\n  Bob\n"),
        ("Author:\n", "Author: Bob\n"),
        ("FEP: 7\n", "FEP: 7\nAuthor: Bob\n"),
        ("Author: Ada\r\nType: x\r\n", "Author: Ada\r\n    Bob\r\nType: x\r\n"),
    ],
)
def test_append_line(process: Process, before: str, after: str) -> None:
    assert append_line(before, process, "Author", "Bob") == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("FEP: 7\nAuthor: Ada,\n  Bob\nType: x\n", "FEP: 7\nType: x\n"),
        ("FEP: 7\nAuthor:\n\nText\n", "FEP: 7\n\nText\n"),
        ("FEP: 7\n", "FEP: 7\n"),
        ("\ufeffAuthor: Ada\nType: x\n", "\ufeffType: x\n"),
    ],
)
def test_remove_header(process: Process, before: str, after: str) -> None:
    assert remove_header(before, process, "Author") == after


REPEATED = "FEP: 7\nAuthor: Ada\nStatus: Draft\nAuthor: Bob,\n  Eve\nType: x\n"


def test_a_repeated_header_is_edited_as_a_whole() -> None:
    source = (ROOT / "fep/process.toml").read_text("utf-8")
    process = parse_process(source.replace('role = "authors"', 'role = "authors"\nrepeated = true'))
    alone = "FEP: 7\nStatus: Draft\nType: x\n"
    assert remove_header(REPEATED, process, "Author") == alone
    changed = set_header(REPEATED, process, "Author", "Kim")
    assert changed == "FEP: 7\nAuthor: Kim\nStatus: Draft\nType: x\n"
    longer = append_line(REPEATED, process, "Author", "Kim")
    assert longer == REPEATED.replace("  Eve\n", "  Eve\n  Kim\n")


PARAGRAPHS = "Views\n=====\n\nDEP: 7\n\nType: Process\n\nAbstract\n--------\n"
BOLD = "Views\n=====\n\n**DEP:** 7\n\n**Type:** Process\n"
BULLETS = "* DEP: 7\n* Type: Process\n\n# Abstract\n"
BOLD_BULLETS = "# Views\n\n* **DEP:** 7\n* **Type**: Process\n\nText.\n"
INDENTED = "# Views\n\n## Preamble\n\n    DEP:  7\n    Type: Process\n\nText.\n"
FENCED = "## Preamble\n\n```\nDEP: 7\nType: Process\n```\n\nText.\n"
DIRECTIVES = "Views\n=====\n\n.. DEP:: 7\n.. contents::\n.. Type:: Process\n\nText.\n"


@pytest.mark.parametrize(
    ("text", "name", "value", "old", "new"),
    [
        (PARAGRAPHS, "Type", "Feature", "Type: Process", "Type: Feature"),
        (PARAGRAPHS, "Status", "Draft", "Type: ", "Status: Draft\n\nType: "),
        (PARAGRAPHS, "Created", "2025-03-03", "Process\n", "Process\n\nCreated: 2025-03-03\n"),
        (PARAGRAPHS.replace("DEP: 7\n\n", ""), "DEP", "7", "Type: ", "DEP: 7\n\nType: "),
        (PARAGRAPHS, "Author", "Ada,\nEve", "7\n", "7\n\nAuthor: Ada,\nEve\n"),
        (PARAGRAPHS.replace("Process", "\n\n* a\n* b"), "Type", "c", "\n\n* a\n* b", "c"),
        (BOLD, "Type", "Feature", "** Process", "** Feature"),
        (BOLD, "Status", "Draft", "**Type", "**Status:** Draft\n\n**Type"),
        (DIRECTIVES, "Type", "Feature", ":: Process", ":: Feature"),
        (DIRECTIVES, "Status", "Draft", ".. contents", ".. Status:: Draft\n.. contents"),
        (DIRECTIVES, "Author", "Ada,\nEve", "7\n", "7\n.. Author:: Ada,\n    Eve\n"),
        (DIRECTIVES.replace("Process", "\n   a"), "Type", "b", "Type:: \n   a", "Type:: b"),
        (DIRECTIVES.replace(" Process", "\n   a"), "Type", "b", "Type::\n   a", "Type:: b"),
        (DIRECTIVES.replace(" Process", ""), "Type", "Feature", "Type::\n", "Type:: Feature\n"),
        (BULLETS, "Type", "Feature", ": Process", ": Feature"),
        (BULLETS, "Author", "Ada,\nEve", "7\n", "7\n* Author: Ada,\n  Eve\n"),
        (BULLETS.replace("* DEP: 7\n", "") + "* DEP", "DEP", "7", "* T", "* DEP: 7\n* T"),
        (BOLD_BULLETS, "Status", "Draft", "* **T", "* **Status:** Draft\n* **T"),
        (INDENTED, "Type", "Feature", ": Process", ": Feature"),
        (INDENTED, "Author", "Ada,\nEve", "7\n", "7\n    Author: Ada,\n        Eve\n"),
        (INDENTED.replace("    DEP:  7\n", ""), "DEP", "7", "    T", "    DEP: 7\n    T"),
        (FENCED, "Created", "2025-03-03", "Process\n", "Process\nCreated: 2025-03-03\n"),
        (FENCED.replace("DEP: 7\n", ""), "DEP", "7", "Type", "DEP: 7\nType"),
    ],
)
def test_set_header_in_other_dialects(text: str, name: str, value: str, old: str, new: str) -> None:
    assert set_header(text, other_dialect(text), name, value) == text.replace(old, new, 1)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("text", [PARAGRAPHS, BOLD])
def test_a_second_line_that_would_be_another_header_is_refused(text: str, end: str) -> None:
    text = text.replace("Type: Process", "Author: Ada").replace("Type:** Process", "Author:** Ada")
    text = text.replace("\n", end)
    for line in ("Paris: the team", "https: who knows"):
        for change, value in ((append_line, line), (set_header, f"Ada\n{line}")):
            with pytest.raises(FepError, match="'Author' cannot be set in these headers"):
                change(text, other_dialect(text), "Author", value)
    longer = append_line(text, other_dialect(text), "Author", "https://example.org")
    assert longer == text.replace(f"Ada{end}", f"Ada{end}https://example.org{end}")


@pytest.mark.parametrize(
    ("text", "removed"),
    [
        (PARAGRAPHS, "Type: Process\n\n"),
        (BOLD, "**Type:** Process\n"),
        (PARAGRAPHS.replace("Process\n", "Process\nStatus: Draft\n"), "Type: Process\n"),
        (DIRECTIVES, ".. Type:: Process\n"),
        (BULLETS, "* Type: Process\n"),
        (INDENTED, "    Type: Process\n"),
        (FENCED, "Type: Process\n"),
    ],
)
def test_remove_header_in_other_dialects(text: str, removed: str) -> None:
    assert remove_header(text, other_dialect(text), "Type") == text.replace(removed, "")


MARKS = {".. DEP": "directives", "* ": "bullet-list", "## Preamble": "code-block"}


def other_dialect(text: str) -> Process:
    found = (dialect for mark, dialect in MARKS.items() if f"\n{mark}" in f"\n{text}")
    dialect = "paragraphs" if "=====" in text and ".. DEP" not in text else next(found)
    return parse_process(DEP.source[1].replace('"field-list"', f'"{dialect}"'))
