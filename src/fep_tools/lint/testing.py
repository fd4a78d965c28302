"""Rules on examples: what the laws of rules, and the tests of yours, are made of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from .. import config
from .._files import decode_text
from ..diagnostics import CheckResult, Diagnostic
from ..notes.frameworks import lock_path
from ..notes.store import NoteStore
from ..process.attachments import RESULTS_SUFFIX
from ..process.loader import load_process, parse_process
from ..process.model import Process
from ..proposals.model import build_vocabulary, Corpus, Proposal
from ..proposals.rst import parser as rst
from ..proposals.rst.allowlist import IMAGES
from . import baseline
from .changes import compute_changes
from .engine import run_rules
from .rule import Rule
from .suppressions import AcceptedFindings

TODAY = date(2026, 11, 20)
"""The day on which examples are judged."""

EDITOR = "Eddie the editor"
"""Who the editor is in examples."""

_STATES = re.compile(
    r"# base\n(?:# by (?P<author>[^\n]+)\n)?(?:# meanwhile (?P<rival>[^\n]+)\n)?(?P<base>.*?)"
    r"\n*# head\n(?P<head>.*)",
    re.DOTALL,
)
PROCESS_FILE = "fep/process.toml"
"""How an example calls the process that it is for."""

HARNESS = "0" * 64
"""What runs snippets in examples."""

LOCK = b"sanic==25.12.1\n"
FRAMEWORKS = b"""
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
BASELINE_FILE = ".fep-baseline.json"
"""How an example calls the findings that are known."""

_SETTINGS = (PROCESS_FILE, BASELINE_FILE, config.FILE)

_FILE = re.compile(r"^# (\S+)\n", re.MULTILINE)
_NUMBER = re.compile(r"^:?(\w+): *([0-9]{1,4})$", re.MULTILINE)
_SHIPPED = Path(__file__).parent.parent / "process" / "builtin"


def corpus(example: str, process: Process) -> Corpus:
    """The proposals in *example*.

    After ``# base`` and ``# head`` stand the two states of a change, after ``# by`` who made it,
    and after ``# meanwhile`` the path of a proposal that arrived beside it.
    Lines such as ``# proposals/fep-0007.rst`` begin a file each; without any, the example is
    one file, with the name that its number asks for. A file ``.conf`` is a stray one, a picture
    is only there, what ends with ``.notes.json`` are results of the proposal beside it, and
    settings stand under their own names.
    """
    process = community(example, process)
    files = dict(_files(example, process))
    strays = tuple(path for path in files if path.endswith((".conf", ".gitattributes")))
    images = tuple(path for path in files if path.endswith(IMAGES))
    results = {path: text.encode() for path, text in files.items() if path.endswith(RESULTS_SUFFIX)}
    others = {*_SETTINGS, *strays, *results, *images}
    made = (proposal(text, process, path) for path, text in files.items() if path not in others)
    return Corpus(tuple(made), strays, _attachments(process, results), images)


def _attachments(process: Process, results: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that belong to the notes of examples, where the process has notes."""
    if process.notes is None:
        return {}
    path = process.notes.frameworks
    return {path: FRAMEWORKS, lock_path(path, "sanic"): LOCK, **results}


def _run_rules(
    rules: Iterable[Rule], corpus: Corpus, process: Process, **options: Any
) -> CheckResult:
    notes = NoteStore(process.notes, corpus.attachments, HARNESS)
    return run_rules(corpus, process, rules, today=TODAY, notes=notes, **options)


def community(example: str, process: Process) -> Process:
    """The process that *example* is for: *process*, or the shipped one that its number names.

    ``PEP: 7`` makes it a PEP. So rules have examples of what only some communities have. What
    stands under ``# fep/process.toml`` is added to the process.
    """
    named = _NUMBER.search(example)
    acronym = named[1] if named else process.acronym
    found = process if acronym == process.acronym else _shipped(acronym) or process
    added = dict(_files(example, found)).get(PROCESS_FILE)
    return parse_process(f"{found.source[1]}\n{added}", PROCESS_FILE) if added else found


@cache
def _shipped(acronym: str) -> Process | None:
    path = _SHIPPED / f"{acronym.lower()}.toml"
    return load_process(path) if path.is_file() else None


def proposal(text: str, process: Process, path: str = "proposals/fep-0007.rst") -> Proposal:
    """The proposal in *text*, its body read here and now."""
    text, refusal = decode_text(text.encode("utf-8", "surrogatepass"))
    made = Proposal.parse(text, process, path, refusal=refusal)
    if refusal is not None or not process.files.is_proposal_text(path):
        return made
    body = rst.parse_body_safely(made.preamble.blanked(text), build_vocabulary(process))
    return Proposal.parse(text, process, path, body=body)


def judged(rules: Rule | Iterable[Rule], example: str, process: Process) -> list[Diagnostic]:
    """What *rules* find in *example*, on :data:`TODAY`."""
    some = [rules] if isinstance(rules, Rule) else rules
    process = community(example, process)
    if not (states := _STATES.fullmatch(example)):
        known = accepted(example, process)
        return list(_run_rules(some, corpus(example, process), process, accepted=known).diagnostics)
    base, head = corpus(states["base"], process), corpus(states["head"], process)
    authors = frozenset([states["author"]] if states["author"] else [])
    process = process.model_copy(update={"editors": (EDITOR,)})
    rivals = process.files.numbers([states["rival"]] if states["rival"] else [])
    changed = compute_changes(base, head, authors, rivals)
    return list(_run_rules(some, head, process, changes=changed).diagnostics)


def accepted(example: str, process: Process) -> AcceptedFindings:
    """What the settings in *example* accept."""
    files = dict(_files(example, process))
    settings = config.parse(files.get(config.FILE, ""))
    known = files.get(BASELINE_FILE)
    entries = baseline.parse(known, BASELINE_FILE) if known else baseline.Baseline()
    return AcceptedFindings(settings["per-file-ignores"], entries)


def _files(example: str, process: Process) -> Iterator[tuple[str, str]]:
    parts = _FILE.split(example)
    if not example.strip():
        return
    if len(parts) == 1:
        found = _NUMBER.search(example)
        number, folder = int(found[2]) if found else 7, process.initial_status.name.lower()
        yield process.files.path(number, status=folder, slug="example"), example
        return
    for path, text in zip(parts[1::2], parts[2::2], strict=True):
        yield path, f"{text.rstrip()}\n"
