"""What communities call their proposals, and how they write headings that are titles."""

from __future__ import annotations

import time

import pytest

from fep_tools.editing.adoption.headers import InferredHeader
from fep_tools.editing.adoption.names import (
    first_heading,
    infer_acronym,
    infer_label,
    infer_name,
    infer_title_format,
)
from fep_tools.proposals.preamble import Preamble


@pytest.mark.parametrize(
    ("titles", "title_format"),
    [
        ({1: "NEP 1 — A", 50: "NEP 50 — B"}, "NEP {number} — {title}"),
        ({0: "NEP 0 — A", 1: "NEP 1 — A", 50: "NEP 50 — B"}, "NEP {number} — {title}"),
        ({6: "SLEP006: A", 14: "SLEP014: B", 100: "SLEP100: C"}, "SLEP{number:03}: {title}"),
        ({1: "MS RFC 1: A", 2: "MS RFC 2 - B", 3: "MS RFC 3: C"}, "MS RFC {number}: {title}"),
        ({1: "NEP 1:  A", 2: "NEP 2:  B"}, ""),
        ({1: "NEP 2: A", 2: "NEP 1: B"}, ""),
        ({1: "A", 2: "NEP 2 — B"}, ""),
        ({1: "A", 2: "B", 3: "NEP 3 — C"}, "{title}"),
        ({}, ""),
    ],
)
def test_title_formats(titles: dict[int, str], title_format: str) -> None:
    assert infer_title_format(titles, "NEP") == title_format


@pytest.mark.parametrize(
    ("titles", "label"),
    [
        ({1: "KEP-1: A", 2: "KEP-2: B"}, "KEP"),
        ({1: "MS RFC 1: A"}, "MS RFC"),
        (dict.fromkeys(range(1, 11), "KEP-1: A"), ""),
        ({**{n: f"KEP-{n}: A" for n in range(1, 10)}, 10: "A"}, "KEP"),
        ({**{n: f"KEP-{n}: A" for n in range(1, 9)}, 9: "A", 10: "B"}, ""),
        ({1: "Abstract"}, ""),
        ({}, ""),
    ],
)
def test_labels_of_headings(titles: dict[int, str], label: str) -> None:
    assert infer_label(titles) == label


@pytest.mark.parametrize(
    ("body", "heading"),
    [
        ("\n\n# KEP-7: Views\n\nText\n", "KEP-7: Views"),
        ("KEP 7: Views\n============\n", "KEP 7: Views"),
        ("\n=======\n KEP-7: Views\n=======\n", "KEP-7: Views"),
        ("Text\n\nKEP-7\n=====\n", ""),
        (" " * 60_000 + "x", ""),
    ],
    ids=["markdown", "underline", "overline", "text first", "a long line takes linear time"],
)
def test_first_headings(body: str, heading: str) -> None:
    text = f"Status: Draft\n\n{body}"
    preamble = Preamble.parse(text, "rfc2822")
    start = time.process_time()
    assert first_heading(text, preamble) == heading
    assert time.process_time() - start < 5


@pytest.mark.parametrize(
    ("acronym", "text", "name"),
    [
        (
            "APE",
            "APE stands for Astropy Proposal for Enhancement.",
            "Astropy Proposal for Enhancement",
        ),
        ("NEP", "NumPy Enhancement Proposals (NEPs)", "NumPy Enhancement Proposal"),
        ("APE", "A proposal for everything.", None),
    ],
)
def test_words_of_an_acronym(acronym: str, text: str, name: str | None) -> None:
    assert infer_name(acronym, [text]) == name


@pytest.mark.parametrize(
    ("name", "prefix", "acronym"),
    [("TIP", "tip", "TIP"), ("ID", "ppc", "PPC"), ("Number", "rfc", "RFC"), ("ID", "", "ID")],
)
def test_acronym(name: str, prefix: str, acronym: str) -> None:
    header = InferredHeader(name, (), 1, {}, role="number")
    assert infer_acronym([header], prefix) == acronym
