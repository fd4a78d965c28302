"""Texts that many examples of rules share: ``# fixture: NAME`` stands for one of them.

The lines right below replace its lines with the same key; what follows after a blank line is added
at its end.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from hashlib import sha256
from textwrap import indent

from ..notes.frameworks import environment_digest

HARNESS = "0" * 64
"""The digest of the harness in examples."""

LOCK = "sanic==25.12.1\n"
FRAMEWORKS = """
[[framework]]
key = "sanic"
title = "Sanic"
required = true
requires = ["sanic"]
package = "sanic"
python = "3.11"
docs = "https://sanic.dev/"

[[framework]]
key = "hug"
title = "Hug"
required = true
requires = ["hug"]
package = "hug"
python = "3.11"
docs = "https://github.com/hugapi/hug"

[[framework]]
key = "quart"
title = "Quart"
requires = ["quart"]
package = "quart"
python = "3.11"
docs = "https://quart.palletsprojects.com/"
"""
"""The frameworks of examples; there is a lock for Sanic."""

_PROPOSAL = """\
FEP: 7
Title: Typed views
Status: Draft
Type: Standards Track

Cross-Framework Notes
=====================
"""
_NOTE = """
Sanic
-----

:Stance: similar

A view may declare what it returns.
"""
_SNIPPET = """\
from sanic import Sanic

Sanic("demo").name   #> 'demo'
"""
_BLOCK = f"""
.. code-block:: python
   :class: fep-check
   :name: sanic-view

{indent(_SNIPPET, "   ")}"""
_RESULT = f"""\
{{
  "number": 7,
  "snippets": {{
    "sanic-view": {{
      "checks": [
        {{
          "expected": "'demo'",
          "got": "'demo'",
          "line": 3,
          "ok": true
        }}
      ],
      "environment": "{environment_digest(LOCK, "3.11")}",
      "framework": "sanic",
      "harness": "{HARNESS}",
      "python": "3.11",
      "snippet": "{sha256(_SNIPPET.strip().encode()).hexdigest()}",
      "state": "verified",
      "version": "25.12.1"
    }}
  }}
}}
"""
FIXTURES = {
    "a proposal with notes": _PROPOSAL,
    "a note on Sanic": _PROPOSAL + _NOTE,
    "a note on Sanic, with the snippet sanic-view": _PROPOSAL + _NOTE + _BLOCK,
    "the result of sanic-view": _RESULT,
}
"""Texts that many examples share, by their names after ``# fixture:``."""

_FIXTURE = re.compile(r"^# fixture: (.+)\n((?:.+\n)*)", re.MULTILINE)
_KEY = re.compile(r" *(:?[\w-]+:|\"[\w-]+\":)")  # "Status:", ":Stance:" or "\"state\":"


def expand(example: str) -> str:
    """Replace every ``# fixture:`` in *example* by the text that it stands for."""
    return _FIXTURE.sub(lambda m: _override(FIXTURES[m[1]], m[2].splitlines()), example)


def _override(fixture: str, overrides: Iterable[str]) -> str:
    """Replace the lines of *fixture* that have the keys of *overrides*."""
    lines = fixture.splitlines()
    for override in overrides:
        (position,) = (n for n, line in enumerate(lines) if _key(line) == _key(override))
        old = lines[position]
        margin, comma = old[: len(old) - len(old.lstrip())], "," if old.endswith(",") else ""
        lines[position] = f"{margin}{override}{comma}"
    return "".join(f"{line}\n" for line in lines)


def _key(line: str) -> str:
    key = _KEY.match(line)
    return key[1] if key else line
