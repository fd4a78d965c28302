"""The dialect of proposals, inferred from their texts."""

from __future__ import annotations

import pytest

from fep_tools.editing.adoption.dialects import infer_dialect


def test_dialects() -> None:
    fields = "===\nA b\n===\n\n:Author: Ada\n:Status: Draft\n"
    headers = "TIP: 1\nTitle: A\nStatus: Draft\n"
    assert infer_dialect([fields, fields, headers])[0] == "field-list"
    assert infer_dialect([fields, headers, headers])[0] == "rfc2822"


@pytest.mark.parametrize(
    ("is_markdown", "text", "dialect"),
    [
        (True, "---\neip: 7\ntitle: Views\nstatus: Draft\n---\n", "yaml"),
        (False, "---\nGLEP: 7\nTitle: Views\nStatus: Draft\n---\n", "rfc2822"),
        (
            True,
            "---\ntitle: Views\n---\n\n# Views\n\nTitle: Views\n\nStatus: Draft\n",
            "paragraphs",
        ),
        (True, "PEP: 7\nTitle: Views\nStatus: Draft\n", "rfc2822"),
        (True, "## Preamble\n\n```\nCAP: 7\nTitle: Views\nStatus: Draft\n```\n", "code-block"),
        (False, "::\n\n  ZIP: 7\n  Title: Views\n  Status: Draft\n", "code-block"),
        (True, "* TAP: 7\n* Title: Views\n* Status: Draft\n", "bullet-list"),
    ],
)
def test_fences_in_markdown_are_those_of_yaml(is_markdown: bool, text: str, dialect: str) -> None:
    assert infer_dialect([text], is_markdown=is_markdown)[0] == dialect
