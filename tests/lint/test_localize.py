"""The examples of rules, as other communities see them."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from fep_tools.lint.explain import page
from fep_tools.lint.localize import HEADERS, localize, STATUSES, TYPES
from fep_tools.lint.registry import all_rules, find_rule
from fep_tools.lint.rule import Rule
from fep_tools.lint.testing import check_example
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process

from ..communities import BUILTIN, foreign_words
from .rules_for_tests import every_proposal

GENERAL = [
    "B001", "B002", "B003", "B005", "B006", "B023", "B034", "B036", "B040", "B060", "C003", "C004",
    "C005", "C006", "C010", "C014", "H002", "H003", "H005", "H101", "H103", "H104", "H106", "H110",
    "H131", "L001", "L003", "T001", "T002", "T004", "T005", "T007", "T010",
]  # fmt: skip
"""Rules about what every built-in community has."""

communities = pytest.mark.parametrize("path", BUILTIN, ids=lambda path: path.stem)


@communities
def test_no_page_of_a_rule_names_the_community_of_the_tool(path: Path) -> None:
    process = load_process(path)
    pages = {rule.code: foreign_words(page(localize(rule, process))) for rule in all_rules()}
    assert {code: words for code, words in pages.items() if words} == {}


@communities
@pytest.mark.parametrize("code", GENERAL)
def test_examples_hold_in_every_community(code: str, path: Path) -> None:
    process, rule = load_process(path), find_rule(code)
    assert rule is not None
    if code in {"C003", "C005", "H002", "H101"} and not process.header_for("number"):
        pytest.skip("the number is in the name of the file only")
    if code == "T002" and not any(t.level == "unusual" for t in process.transitions):
        pytest.skip("no transition is unusual")
    localized = localize(rule, process)
    assert check_example(rule, localized.bad, process)
    if (code, process.acronym) != ("H005", "GLEP"):  # which requires more headers
        assert check_example(rule, localized.good, process) == []


@pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)
def test_examples_in_the_words_of_a_community_stay(rule: Rule, process: Process) -> None:
    if not re.search(r"^:?[PD]EP: ", rule.bad, re.MULTILINE):
        assert localize(rule, process) == rule


def test_words_of_examples_are_those_of_the_process(process: Process) -> None:
    for name, role in HEADERS.items():
        header = process.header(name)
        assert (header.role if header else "number") == role
    for name, meaning in STATUSES.items():
        if status := process.status(name):
            assert (status.stage, status.settled, status.decision) == meaning
    assert tuple(type_.name for type_ in process.types) == TYPES


def localized(text: str, community: str) -> str:
    path = next(path for path in BUILTIN if path.stem == community)
    rule = replace(every_proposal("H999"), bad=text, good=text)
    return localize(rule, load_process(path)).good


HEADING_OF_7 = "DEP 7: Typed views\n==================\n\n"
PATH_OF_7 = "# superseded/0007-typed-views.rst\n"
HEADERS_OF_7 = "FEP: 7\nTitle: Typed views\nStatus: Superseded\nSuperseded-By: 12\n"


@pytest.mark.parametrize(
    ("community", "text", "expected"),
    [
        ("pep", "FEP: 7\nCreated: 2025-03-09\n", "PEP: 7\nCreated: 09-Mar-2025\n"),
        ("pep", "FEP: 7\nFlask-Version: 3.1\n", "PEP: 7\nPython-Version: 3.1\n"),
        ("pep", "FEP: FEP-0007\n", "PEP: PEP-0007\n"),
        ("pep", "FEP: 7\nStatus:Draft\nX : y\n", "PEP: 7\nStatus:Draft\nX : y\n"),
        (
            "pep",
            "FEP: 7\nResolution: 2025-03-09 https://example.org/x\n",
            "PEP: 7\nResolution: `09-Mar-2025 <https://example.org/x>`__\n",
        ),
        ("rep", "FEP: 7\nResolution: 2025-03-09 https://a.org/x\n", "REP: 7\nResolution: https://a.org/x\n"),
        ("glep", "Discuss FEP 7 and FEPs.\n", "Discuss GLEP 7 and GLEPs.\n"),
        ("glep", "See :fep:`7#a`, fep-0008.rst.\n", "See :glep:`7#a`, glep-0008.rst.\n"),
        (
            "glep",
            HEADERS_OF_7,
            "---\nGLEP: 7\nTitle: Typed views\nStatus: Replaced\nReplaced-By: 12\n---\n",
        ),
        (
            "dep",
            "# proposals/fep-0007.rst\n" + HEADERS_OF_7,
            PATH_OF_7 + HEADING_OF_7 + ":DEP: 7\n:Status: Superseded\n:Superseded-By: 12\n",
        ),
        ("dep", "FEP: 7\nType: Standards Track\n\nText.\n", ":DEP: 7\n:Type: Feature\n\nText.\n"),
        ("dep", "FEP: 7\nType: Informationnal\n", ":DEP: 7\n:Type: Informationnal\n"),
        ("glep", "FEP: 7\nType: Proces\n", "---\nGLEP: 7\nType: Standards Trackk\n---\n"),
        ("rep", ":DEP: 3\n:Status: Final\n", "REP: 3\nStatus: Final\n"),
        ("rep", "DEP 3: Tests\n============\n\n:DEP: 3\n", "REP: 3\nTitle: Tests\n"),
        ("pep", ".. fep: ignore[B020] x\n", ".. fep: ignore[B020] x\n"),
        ("pep", "# fep/process.toml\n[[reserved]]\n", "# fep/process.toml\n[[reserved]]\n"),
    ],
)  # fmt: skip
def test_example_is_translated(community: str, text: str, expected: str) -> None:
    assert localized(text, community) == expected


def test_different_statuses_stay_different() -> None:
    text = "".join(f"FEP: 7\nStatus: {name}\n\n" for name in ("Draft", "Review", "Accepted"))
    statuses = re.findall("Status: (.+)", localized(text, "dep"))
    assert len(set(statuses)) == 3
    assert statuses[0] == "Draft"
