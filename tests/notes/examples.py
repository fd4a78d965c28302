"""A proposal with notes, their frameworks, and a result."""

from __future__ import annotations

from fep_tools.notes.frameworks import environment_digest, Frameworks
from fep_tools.notes.model import Note, parse_notes, Snippet
from fep_tools.notes.results import CheckRecord, EnvironmentRecord, SnippetResult
from fep_tools.proposals.body import Body
from fep_tools.proposals.rst import parser as rst
from fep_tools.proposals.vocabulary import Vocabulary

SECTION = "Cross-Framework Notes"
FRAMEWORKS = """\
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
requires = ["hug==2.6.1"]
package = "hug"
python = "3.11"
docs = "https://github.com/hugapi/hug"
"""
LOCK = "sanic==25.12.1\n"
HARNESS = "a" * 64
TODAY = EnvironmentRecord("sanic", "25.12.1", "3.11", environment_digest(LOCK, "3.11"))
NOTES = """\
Abstract
========

Text.

Cross-Framework Notes
=====================

Sanic
-----

:Stance: similar
:Docs: https://sanic.dev/en/guide/
:Since: 21.12

A blueprint has a name.

.. code-block:: python
   :class: fep-check
   :name: sanic-name

   from sanic import Blueprint

   pages = Blueprint("pages")
   pages.name   #> 'pages'

Hug
---

:Stance: absent

There are only modules.

Copyright
=========

Text.
"""


def body(text: str = NOTES) -> Body:
    return rst.parse_body(text, Vocabulary("fep"))


def notes(text: str = NOTES) -> tuple[Note, ...]:
    return parse_notes(body(text), SECTION, Frameworks.parse(FRAMEWORKS))


def snippet() -> Snippet:
    return notes()[0].snippets[0]


def result(**changed: object) -> SnippetResult:
    """Return the result that `fep notes run` saves for :func:`snippet`, with changed fields."""
    passed = SnippetResult(
        framework="sanic",
        version="25.12.1",
        python="3.11",
        snippet=snippet().digest,
        environment=TODAY.digest,
        harness=HARNESS,
        state="verified",
        checks=(CheckRecord(line=4, expected="'pages'", got="'pages'", ok=True),),
    )
    return passed.model_copy(update=changed)
