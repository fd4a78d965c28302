"""Generate a repository of any size, whose proposals require and mention each other."""

from __future__ import annotations

import subprocess
from datetime import date, timedelta
from pathlib import Path

from fep_tools.editing import starter

TEXT = """\
SEP: {number}
Title: Made up for the {number}th time
Author: Ada Lovelace {number}
Discussions-To: https://example.org/threads/{number}
Status: {status}
Type: Change
{requires}Created: {day}
{more}
Abstract
========

What :sep:`{other}` left open, in about as many words as it takes to say so. ``code`` is code.

Motivation
==========

It grew out of :sep:`{other}`, `as discussed <https://example.org/threads/{number}>`__.

- One thing.
- Another thing, *with* emphasis.

Specification
=============

.. code-block:: python

   def made_up(number: int = {number}) -> int:
       return number

.. [1] A footnote.

Rejected Ideas
==============

None [1]_.
"""


def generate_repository(root: Path, count: int) -> None:
    """Make a repository of *count* proposals in *folder*. `fep check` finds nothing in them."""
    first = date(2001, 1, 1)
    community = starter.Community("SEP", "Scale Enhancement Proposal", "Ada Lovelace", first)
    for path, text in starter.render_files(community).items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    for number in range(2, count + 1):
        done = number % 3 == 0
        other = (number - 1) // 3 * 3 if number > 3 else 1
        day = first + timedelta(days=number % 9000)
        text = TEXT.format(
            number=number,
            other=other,
            requires=f"Requires: {other}\n" if number > 3 else "",
            day=day,
            status="Final" if done else "Draft",
            more=f"Resolution: {day} https://example.org/threads/{number}\n" if done else "",
        )
        (root / "proposals" / f"sep-{number:04}.rst").write_text(text, "utf-8")


def commit(root: Path) -> None:
    """Commit everything in a new git repository."""
    identity = ["-c", "user.name=Ada Lovelace", "-c", "user.email=ada@example.org"]
    for command in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "All"]):
        subprocess.run(["git", *identity, *command], cwd=root, check=True)
