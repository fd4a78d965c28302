"""Docstrings open as CONTRIBUTING.rst asks, and words of an old vocabulary stay out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCES = sorted((ROOT / "src").rglob("*.py"))
TEXTS = [*SOURCES, *sorted((ROOT / "docs").glob("*.rst")), ROOT / "README.rst"]

OPENINGS = re.compile(r"(What|Whether|Where|Who|Whose|Which|How|When|Why)\b")
WORDS = re.compile(r"\b(told|mend(ed|s)?|stranger(s)?|meanwhile|whoever|nobody)\b", re.IGNORECASE)
EXCEPTIONS = {
    "nobody has to act on it",  # catalog/exports/ical.py, about rejected proposals
    "nobody checks it",  # docs/notes.rst, about the stance of a note
}


def function_docstrings(path: Path) -> Iterator[tuple[str, str]]:
    """Yield the name and the docstring of each function of a module."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            docstring = ast.get_docstring(node)
            if docstring:
                yield node.name, docstring


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_function_docstrings_do_not_open_with_a_question_word(path: Path) -> None:
    wrong = [function for function, text in function_docstrings(path) if OPENINGS.match(text)]
    assert wrong == []


@pytest.mark.parametrize("path", TEXTS, ids=name)
def test_old_vocabulary_is_not_used(path: Path) -> None:
    lines = path.read_text("utf-8").splitlines()
    used = [line for line in lines if WORDS.search(line)]
    assert [line for line in used if not any(phrase in line for phrase in EXCEPTIONS)] == []
