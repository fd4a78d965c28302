"""Rules on examples: what the laws of rules, and the tests of yours, are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from collections.abc import Iterator
from datetime import date

from .. import markup
from ..diagnostic import Diagnostic
from ..preflight import inspect
from ..process import Process
from ..proposal import Corpus
from ..proposal import Proposal
from ..proposal import vocabulary
from .engine import check
from .rule import Rule

TODAY = date(2026, 11, 20)
"""The day on which examples are judged."""

_FILE = re.compile(r"^# (\S+)\n", re.MULTILINE)


def corpus(example: str, process: Process) -> Corpus:
    """The proposals in *example*.

    Lines such as ``# proposals/fep-0007.rst`` begin a file each; without any, the example is
    one file, with the name that its number asks for.
    """
    return Corpus(tuple(proposal(text, process, path) for path, text in _files(example, process)))


def proposal(text: str, process: Process, path: str = "proposals/fep-0007.rst") -> Proposal:
    """The proposal in *text*, its body read here and now."""
    text, refusal = inspect(text.encode("utf-8", "surrogatepass"))
    made = Proposal.parse(text, process, path, refusal=refusal)
    if refusal is not None:
        return made
    body = markup.read(made.preamble.blanked(text), vocabulary(process))
    return Proposal.parse(text, process, path, body=body)


def judged(rules: Rule | Iterable[Rule], example: str, process: Process) -> list[Diagnostic]:
    """What *rules* find in *example*, on :data:`TODAY`."""
    some = [rules] if isinstance(rules, Rule) else rules
    return check(corpus(example, process), process, some, today=TODAY)


def _files(example: str, process: Process) -> Iterator[tuple[str, str]]:
    parts = _FILE.split(example)
    if len(parts) == 1:
        number = re.search(r"(?m)^\w+: *([0-9]{1,4})$", example)
        yield process.files.path(int(number[1]) if number else 7), example
        return
    for path, text in zip(parts[1::2], parts[2::2], strict=True):
        yield path, f"{text.rstrip()}\n"
