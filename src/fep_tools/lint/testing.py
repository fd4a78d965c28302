"""Run rules on examples: on those in their docstrings, and in tests.

An example is the text of one proposal, or of several files. These lines divide it:

``# proposals/fep-0007.rst``
    The path of the file that follows. The file can also be an attachment, an image, a stray file
    or one of the settings.
``# base`` and ``# head``
    The two states of a change; a file ``# fep/people.toml`` of the base says who has a role.
    Below ``# base``, ``# by NAME`` names its author, and
    ``# taken PATH`` a proposal that was added to the base since, and ``# later STATUS`` the status
    that its proposals have on the base by now.
``# fixture: NAME``
    Stands for a text that many examples share; see :mod:`.example_fixtures`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from .. import config
from .._decoding import decode_text
from .._numbers import NUMBER
from ..diagnostics import CheckResult, Diagnostic
from ..notes.frameworks import lock_path
from ..notes.store import NoteStore
from ..process.attachments import is_of_roles, PEOPLE_FILE, RESULTS_SUFFIXES
from ..process.loader import load_process, parse_process
from ..process.model import Process
from ..process.people_loader import parse_people
from ..proposals.discovery import IMAGES
from ..proposals.links import with_references
from ..proposals.model import build_vocabulary, Corpus, Proposal
from ..proposals.page_files import judge_page_files
from ..proposals.pictures import SVG, svg_problem
from ..proposals.rst import parser as rst
from . import baseline
from .changes import compute_changes
from .engine import run_rules
from .example_fixtures import expand, FRAMEWORKS, HARNESS, LOCK
from .rule import Rule
from .suppressions import AcceptedFindings

TODAY = date(2026, 11, 20)
"""The day on which examples are checked."""

EDITOR = "Eddie the editor"
"""The name of the editor in examples."""

PROCESS_FILE = "fep/process.toml"
"""The path of an addition to the process in an example."""

PEOPLE = f"fep/{PEOPLE_FILE}"
"""The path of the file of people in an example."""

BASELINE_FILE = ".fep-baseline.json"
"""The path of the baseline in an example."""

_SETTINGS = (PROCESS_FILE, BASELINE_FILE, config.FILE)
_SHIPPED = Path(__file__).parent.parent / "process" / "builtin"
_STATES = re.compile(
    r"# base\n(?:# by (?P<author>[^\n]+)\n)?(?:# taken (?P<taken>[^\n]+)\n)?"
    r"(?:# later (?P<later>[^\n]+)\n)?(?P<base>.*?)\n*# head\n(?P<head>.*)",
    re.DOTALL,
)
_FILE = re.compile(r"^# (\S+)\n", re.MULTILINE)  # "# proposals/fep-0007.rst"
_NUMBER = re.compile(rf"^:?(\w+): *({NUMBER})$", re.MULTILINE)  # "FEP: 7" or ":PEP: 7"


def check_example(rules: Rule | Iterable[Rule], example: str, process: Process) -> list[Diagnostic]:
    """Return what *rules* find in *example*, on :data:`TODAY`."""
    example = expand(example)
    rules = [rules] if isinstance(rules, Rule) else rules
    process = example_process(example, process)
    if not (states := _STATES.fullmatch(example)):
        accepted = accepted_findings(example, process)
        result = _check(rules, parse_corpus(example, process), process, accepted=accepted)
        return list(result.diagnostics)
    base, head = parse_corpus(states["base"], process), parse_corpus(states["head"], process)
    authors = frozenset([states["author"]] if states["author"] else [])
    # The people of the base count.
    people = dict(_split_files(states["base"], process)).get(PEOPLE)
    if people is None:
        process = process.model_copy(update={"editors": (EDITOR,)})
    else:
        process = process.with_people(parse_people(people, PEOPLE))
    taken = process.files.numbers([states["taken"]] if states["taken"] else [])
    later = dict.fromkeys(base.by_number, states["later"]) if states["later"] else {}
    changes = compute_changes(base, head, authors, taken, later)
    return list(_check(rules, head, process, changes=changes).diagnostics)


def _check(rules: Iterable[Rule], corpus: Corpus, process: Process, **options: Any) -> CheckResult:
    notes = NoteStore(process.notes, corpus.attachments, HARNESS)
    return run_rules(corpus, process, rules, today=TODAY, notes=notes, **options)


def parse_corpus(example: str, process: Process) -> Corpus:
    """Return the files of *example*.

    An example without paths is one proposal. Its path follows from its number.
    """
    example = expand(example)
    process = example_process(example, process)
    files = dict(_split_files(example, process))
    strays = tuple(path for path in files if path.endswith((".conf", ".gitattributes")))
    images = {path: _image_problem(path, files[path]) for path in files if path.endswith(IMAGES)}
    recorded = {path: text for path, text in files.items() if path.endswith(RESULTS_SUFFIXES)}
    results = {path: text.encode() for path, text in recorded.items()}
    pages = judge_page_files(files, process, lambda _path: False, lambda path: files[path].encode())
    roles = {path: text.encode() for path, text in files.items() if is_of_roles(path)}
    others = {*_SETTINGS, *roles, *strays, *results, *images, *pages}
    proposals = tuple(
        parse_proposal(text, process, path) for path, text in files.items() if path not in others
    )
    attachments = {**_attachments(process, results), **roles}
    return Corpus(proposals, strays, attachments, images, pages)


def _image_problem(path: str, text: str) -> str:
    return svg_problem(text.encode()) if path.endswith(SVG) else ""


def _attachments(process: Process, results: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files that belong to notes, if the process has notes."""
    if process.notes is None:
        return {}
    path = process.notes.frameworks
    return {path: FRAMEWORKS.encode(), lock_path(path, "sanic"): LOCK.encode(), **results}


def example_process(example: str, process: Process) -> Process:
    """Return the process of *example*: the built-in one that its number names, or *process*.

    With ``PEP: 7``, an example can show what only PEPs have. A file ``fep/process.toml`` is
    added to the process.
    """
    number = _NUMBER.search(expand(example))
    acronym = number[1] if number else process.acronym
    if acronym != process.acronym:
        process = _builtin(acronym) or process
    added = dict(_split_files(example, process)).get(PROCESS_FILE)
    if not added or added in process.source[1]:  # it was added before
        return process
    text = process.source[1]
    if keys := re.match(r"(?:\w+ = .+\n)+", added):  # in place of those of the process
        for line in keys[0].splitlines():
            text = re.sub(rf"(?m)^{line.partition(' ')[0]} = .*\n", "", text, count=1)
        text, added = f"{keys[0]}{text}", added[keys.end() :]
    return parse_process(f"{text}\n{added}", PROCESS_FILE)


@cache
def _builtin(acronym: str) -> Process | None:
    path = _SHIPPED / f"{acronym.lower()}.toml"
    return load_process(path) if path.is_file() else None


def parse_proposal(text: str, process: Process, path: str = "proposals/fep-0007.rst") -> Proposal:
    """Return the proposal with that *text*, with its body."""
    text, refusal = decode_text(text.encode("utf-8", "surrogatepass"))
    proposal = Proposal.parse(text, process, path, refusal=refusal)
    if refusal is not None or not process.files.is_proposal_text(path):
        return proposal
    # Rules about changes compare what readers see.
    vocabulary = replace(build_vocabulary(process, path), shown_text=True)
    body = _parse_body(proposal.preamble.blanked(text), vocabulary)
    if proposal.is_markdown:
        body = with_references(body, path, process)
    return Proposal.parse(text, process, path, body=body)


# A test reads an example several times, and one body takes longer than all rules.
_parse_body = lru_cache(maxsize=64)(rst.parse_body_safely)


def accepted_findings(example: str, process: Process) -> AcceptedFindings:
    """Return the findings that the settings and the baseline in *example* accept."""
    files = dict(_split_files(example, process))
    settings = config.parse(files.get(config.FILE, ""))
    text = files.get(BASELINE_FILE)
    entries = baseline.parse(text, BASELINE_FILE) if text else baseline.Baseline()
    return AcceptedFindings(settings.per_file_ignores, entries)


def _split_files(example: str, process: Process) -> Iterator[tuple[str, str]]:
    """Return the path and the text of each file in *example*."""
    if not example.strip():
        return
    parts = _FILE.split(example)
    if len(parts) == 1:
        match = _NUMBER.search(example)
        number, directory = int(match[2]) if match else 7, process.initial_status.name.lower()
        yield process.files.path(number, status=directory, slug="example"), example
        return
    for path, text in zip(parts[1::2], parts[2::2], strict=True):
        yield path, f"{text.rstrip()}\n"
