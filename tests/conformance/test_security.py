"""The security requirements of the handbook: each section names the tests that keep it true."""

from __future__ import annotations

import re

import pytest

from ..conftest import ROOT

REQUIREMENTS = (ROOT / "docs" / "security.rst").read_text("utf-8")
SECTIONS = dict(
    re.findall(r"^\.\. _(sec-[a-z]+):\n\n(.*?)(?=^\.\. _)", REQUIREMENTS, re.DOTALL | re.MULTILINE)
)


@pytest.mark.parametrize("section", SECTIONS)
def test_each_section_names_tests_that_exist(section: str) -> None:
    _text, found, last = SECTIONS[section].rpartition("\nTests: ")
    assert found
    names = re.findall(r"``(tests/[^`]+)``", last)
    assert names
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_the_code_refers_to_sections_that_exist() -> None:
    sources = (ROOT / "src").rglob("*.py")
    named = {
        name for p in sources for name in re.findall(r"\*(sec-[a-z]+)\*", p.read_text("utf-8"))
    }
    assert named
    assert named <= SECTIONS.keys()
