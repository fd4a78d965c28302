"""Which title a section is meant to have."""

from __future__ import annotations

import pytest

from fep_tools.process.titles import find_similar_title

STANDARD = (
    "abstract", "motivation", "rationale", "backwards compatibility", "reference implementation",
    "rejected ideas", "security considerations", "how to teach this",
)  # fmt: skip


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Abstract:", "abstract"),
        ("Rational", "rationale"),
        ("Motivations", "motivation"),
        ("Backward compatibility", "backwards compatibility"),
        ("Refference Implementation", "reference implementation"),
        ("Rejected Idea", "rejected ideas"),
        ("How to Teach", "how to teach this"),
        ("Server Implementation", None),
        ("Example Implementation", None),
        ("Forwards Compatibility", None),
        ("Rejected Alternatives", None),
        ("Security Implications", None),
        ("Notes", None),
    ],
)
def test_similar_titles(title: str, expected: str | None) -> None:
    assert find_similar_title(title, STANDARD) == expected
