"""Headers that are a list or a block of code."""

from __future__ import annotations

import pytest

from fep_tools.process.schema import Dialect
from fep_tools.proposals.preamble import Preamble

CAP = """\
## Preamble

```
CAP: 0033
Title: Sponsored Reserve
Author: Ada Lovelace <@ada>,
        Bob Smith
Status: Final
```

## Summary

    Status: this is code
"""

PPC = """\
# Deferred blocks

## Preämble

    Author:  Ada Lovelace
    Sponsor:
    Status:  Implemented

## Abstract
"""

XLS = """\
<pre>
  xls: 70
  title: Credentials
  author: Ada Lovelace,
          Bob Smith

  status: Final
</pre>

# Credentials
"""

ZIP = """\
::

  ZIP: 7
  Title: Credentials

Abstract
========
"""

TAP = """\
* TAP: 3
* Title: Delegations
* Author: Ada Lovelace,
          Bob Smith

# Abstract

* Status: this is text
"""

RFC = """\
# Views

- **Start Date**: 2026-03-03
- Issue(s): 7

- **Authors:**
  - Ada Lovelace
  - Bob Smith
- Just an item.
"""


@pytest.mark.parametrize(
    ("text", "dialect", "expected", "rest"),
    [
        (
            CAP,
            "code-block",
            {
                "CAP": "0033",
                "Title": "Sponsored Reserve",
                "Author": "Ada Lovelace <@ada>,\nBob Smith",
                "Status": "Final",
            },
            "## Summary Status: this is code",
        ),
        (
            PPC,
            "code-block",
            {"Author": "Ada Lovelace", "Sponsor": "", "Status": "Implemented"},
            "# Deferred blocks ## Abstract",
        ),
        (
            XLS,
            "code-block",
            {
                "xls": "70",
                "title": "Credentials",
                "author": "Ada Lovelace,\nBob Smith",
                "status": "Final",
            },
            "# Credentials",
        ),
        (ZIP, "code-block", {"ZIP": "7", "Title": "Credentials"}, "Abstract ========"),
        (
            TAP,
            "bullet-list",
            {"TAP": "3", "Title": "Delegations", "Author": "Ada Lovelace,\nBob Smith"},
            "# Abstract * Status: this is text",
        ),
        (
            RFC,
            "bullet-list",
            {"Start Date": "2026-03-03", "Issue(s)": "7", "Authors": "\nAda Lovelace\nBob Smith"},
            "# Views - Just an item.",
        ),
    ],
)
def test_headers(text: str, dialect: Dialect, expected: dict[str, str], rest: str) -> None:
    preamble = Preamble.parse(text, dialect)
    assert {field.name: field.value for field in preamble.fields} == expected
    assert not preamble.stray_lines
    assert " ".join(preamble.blanked(text).split()) == rest
    lines = text.splitlines()
    for field in preamble.fields:
        span = field.name_span
        assert lines[span.line - 1][span.column - 1 : span.end_column - 1] == field.name
        for line in field.lines:
            assert lines[line.number - 1][line.column - 1 :] == line.text


@pytest.mark.parametrize("title", ["Preamble", "HEADER", "Headers:", "Metadata"])
def test_a_title_of_the_headers_is_no_text(title: str) -> None:
    for text in (CAP.replace("Preamble", title), f"{title}\n------\n\n{ZIP}"):
        assert title not in Preamble.parse(text, "code-block").blanked(text)
    text = CAP.replace("Preamble", "Reserves")
    assert "## Reserves" in Preamble.parse(text, "code-block").blanked(text)


@pytest.mark.parametrize(
    "text",
    [
        "# Views\n\nA text.\n\n```\nStatus: Draft\n```\n",
        "# Views\n\n```\nStatus: Draft\n",
        "# Views\n\n```\n```\n",
        "# Views\n\n```\nget(x)\nStatus: Draft\n```\n",
        "# Views\n\n  Status: Draft\n",
        "Status: Draft\n",
        "::\n\nStatus: Draft\n",
        "::\n",
    ],
)
def test_what_is_no_block_of_headers(text: str) -> None:
    assert Preamble.parse(text, "code-block") == Preamble()


@pytest.mark.parametrize(
    "text",
    [
        "# Views\n\nA text.\n\n- Status: Draft\n",
        "- https://example.org\n",
        "- A list\n",
        "-Status: x",
    ],
)
def test_what_is_no_list_of_headers(text: str) -> None:
    assert Preamble.parse(text, "bullet-list") == Preamble()


def test_a_line_without_a_name_is_reported() -> None:
    (line,) = Preamble.parse(CAP.replace("Status: Final", "Final"), "code-block").stray_lines
    assert (line.number, line.column, line.text) == (8, 1, "Final")
