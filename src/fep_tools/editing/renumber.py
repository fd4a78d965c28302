"""Another number for a proposal, wherever the old one is written."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ..diagnostics import apply_edits, Edit, Span
from ..errors import FepError
from ..lint.rules.relations._helpers import named, RELATIONS
from ..process.model import Process
from ..proposals.body import Location
from ..proposals.model import Corpus, Proposal


@dataclass(frozen=True)
class RenumberEdits:
    """What the files hold now, by path, the proposal's own under its new one."""

    before: str
    after: str
    texts: dict[str, str]


def renumber_edits(
    process: Process, corpus: Corpus, old: int, new: int, path: str | None = None
) -> RenumberEdits:
    """Proposal *old* as *new*, and whoever speaks of it; *path* says which, where there are two.

    Where two share a number, nobody can tell which of them others mean: they stay as they are.
    """
    proposal = _wanted(process, corpus, old, path)
    status = process.status(proposal.status)
    label = process.label(old)
    if status is not None and status.settled:
        raise FepError(f"{label} is {status.name} and keeps its number")
    alone = sum(other.number == old for other in corpus) == 1
    spoken_of = corpus if alone else ()
    texts = {p.path: _mentions(p, process, old, new) for p in spoken_of}
    texts = {p: text for p, text in texts.items() if text != corpus.by_path[p].text}
    text = texts.pop(proposal.path, proposal.text)
    after = _moved(proposal.path, old, new)
    return RenumberEdits(proposal.path, after, {**texts, after: _own(text, process, old, new)})


def _wanted(process: Process, corpus: Corpus, number: int, path: str | None) -> Proposal:
    sharing = [p for p in corpus if p.number == number and path in {None, p.path}]
    if not sharing:
        where = f" at {path}" if path else ""
        raise FepError(f"there is no {process.label(number)}{where}")
    if len(sharing) > 1:
        paths = " or ".join(p.path for p in sharing)
        raise FepError(f"two proposals are {process.label(number)}; say which, with --path {paths}")
    return sharing[0]


def _moved(path: str, old: int, new: int) -> str:
    """*path* with the number in its last part exchanged, as wide as it was."""
    folder, slash, name = path.rpartition("/")
    padded = re.sub(_number(old), lambda found: f"{new:0{len(found[0])}}", name, count=1)
    return f"{folder}{slash}{padded}"


def _exchanged(text: str, old: int, new: int) -> str:
    """*text* with *new* for the first *old* in it; as wide, where that is padded with zeros."""

    def put(found: re.Match[str]) -> str:
        return f"{new:0{len(found[0])}}" if found[0].startswith("0") else str(new)

    return re.sub(_number(old), put, text, count=1)


def _number(number: int) -> str:
    """The pattern of *number* where it is no part of another."""
    return rf"(?<![0-9])0*{number}(?![0-9])"


def _own(text: str, process: Process, old: int, new: int) -> str:
    """The text of the proposal itself, its number exchanged where it says its own."""
    field = Proposal.parse(text, process).field("number")
    if field is not None:
        text = apply_edits(text, [Edit(field.span(), _exchanged(field.value, old, new))])
    if process.title_source != "heading":
        return text
    label = rf"\A((?:[^\w\s]+\s*\n)?\s*{re.escape(process.acronym)}[ -]?)0*{old}(?![0-9])"
    return re.sub(label, rf"\g<1>{new}", text, count=1, flags=re.IGNORECASE)


def _mentions(proposal: Proposal, process: Process, old: int, new: int) -> str:
    """The text of *proposal*, with *new* wherever it names *old*."""
    return apply_edits(proposal.text, list(_edits(proposal, process, old, new)))


def _edits(proposal: Proposal, process: Process, old: int, new: int) -> Iterator[Edit]:
    for role in RELATIONS:
        for number, span in named(proposal, role):
            if number == old:
                yield _edit(proposal, span, old, new)
    for place in _places(proposal, process, old):
        yield _edit(proposal, place.span, old, new)


def _places(proposal: Proposal, process: Process, old: int) -> Iterator[Location]:
    """Where the body links or names the proposal."""
    body = proposal.body
    if body is None:
        return
    for link in body.links:
        if link.role == process.acronym.lower() and link.target == str(old):
            yield link.location
    for mention in (*body.mentions, *body.literals):
        if re.fullmatch(rf"(?i)\W*{re.escape(process.acronym)}[ -]?0*{old}\W*", mention.name):
            yield mention.location


def _edit(proposal: Proposal, span: Span, old: int, new: int) -> Edit:
    lines = proposal.text.split("\n")[span.line - 1 : span.end_line]
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    shown, opened, target = "\n".join(lines).rpartition("<")
    return Edit(span, f"{shown}{opened}{_exchanged(target, old, new)}")
