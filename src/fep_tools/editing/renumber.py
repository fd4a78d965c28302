"""Give a proposal another number, in its file name and wherever its number is written."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator, Mapping
from datetime import date
from types import MappingProxyType

from .. import _clock
from .._numbers import NUMBER
from ..diagnostics import apply_edits, Edit
from ..errors import FepError
from ..process.model import Process
from ..proposals.fields import pieces
from ..proposals.header_field import Field
from ..proposals.model import Corpus, Proposal
from ..repository import Repository
from . import numbering
from .companions import RenumberingPlan
from .file_changes import FileChanges, require_text
from .mentions import NumberChange

NUMBER_KINDS = frozenset({"number", "numbers"})
"""Kinds of header that name proposals by number."""


def plan_renumbering(
    repository: Repository,
    old: int,
    new: int | None,
    path: str | None = None,
    overrides: Mapping[str, bytes] = MappingProxyType({}),
    *,
    today: date | None = None,
) -> FileChanges:
    """Return the changes that give proposal *old* the number *new*; nothing is written.

    :param new: ``None`` for the next free number
    :param path: the file to renumber, if two have the number *old*
    :param overrides: unsaved texts, by path, that an editor has for some files
    :param today: the day of the checks by which findings in the baseline are recognised
    :raises FepError: if there is no such proposal, or it cannot get the number
    """
    process = repository.process
    sources = {**repository.sources, **overrides}
    corpus = repository.read(sources, bodies=False)
    used = numbering.used_numbers(repository)
    if new is None:
        new = numbering.next_number(process, corpus.by_number, used)
    elif other := corpus.get(new):
        raise FepError(f"{process.label(new)} is taken by {other.path}; choose another number")
    elif not numbering.is_available(process, new, used):
        raise FepError(
            f"{process.label(new)} is reserved, or was used before; choose another number"
        )
    proposals = renumber(process, corpus, old, new, path)
    ((old_path, new_path),) = proposals.moved.items()
    change = NumberChange(process, old, new, old_path, new_path)
    plan = RenumberingPlan(repository, change, {**overrides}, proposals.texts, proposals.moved)
    plan.move_companions()
    if sum(proposal.number == old for proposal in corpus) == 1:
        plan.rewrite_documents()
        plan.rewrite_settings()
    plan.rewrite_baseline(today or _clock.today())
    return FileChanges(plan.texts, plan.moved, plan.texts_before())


def renumber(
    process: Process, corpus: Corpus, old: int, new: int, path: str | None = None
) -> FileChanges:
    """Return the texts of proposal *old* under the number *new*, and of all that refer to it.

    If two proposals share the number, references may mean either and are left alone.

    :param path: the file to renumber, if two have the number *old*
    :raises FepError: if there is no such proposal, its status is settled, or its file or one that
        refers to it cannot be read
    """
    proposal = _find(process, corpus, old, path)
    status = process.status(proposal.status)
    if status is not None and status.settled:
        raise FepError(f"{process.label(old)} is {status.name} and keeps its number")
    new_path = process.files.renumbered(proposal.path, new) or _new_path(proposal.path, old, new)
    change = NumberChange(process, old, new, proposal.path, new_path)
    is_unique = sum(other.number == old for other in corpus) == 1
    texts = {}
    for other in corpus if is_unique else ():
        text = change.rewrite(_rewrite_headers(other, process, change))
        if text != other.text:
            require_text(other)
            texts[other.path] = text
    own_text = texts.pop(proposal.path, proposal.text)
    texts[change.new_path] = _rewrite_own_number(own_text, process, change)
    return FileChanges(texts, {proposal.path: change.new_path})


def _find(process: Process, corpus: Corpus, number: int, path: str | None) -> Proposal:
    matches = [p for p in corpus if p.number == number and path in {None, p.path}]
    label = process.label(number)
    if not matches:
        raise FepError(f"there is no {label}" + (f" at {path}" if path else ""))
    if len(matches) > 1:
        paths = " or ".join(shlex.quote(proposal.path) for proposal in matches)
        raise FepError(f"two proposals are {label}; choose one with --path {paths}")
    require_text(matches[0])
    return matches[0]


def _pattern(number: int) -> str:
    """Return a pattern for *number*, with leading zeros or not, but not inside another number."""
    return rf"(?<![0-9])0*{number}(?![0-9])"


def _new_path(path: str, old: int, new: int) -> str:
    """Return *path* with the new number in its file name, padded to the same width.

    ``proposals/fep-0012.rst`` becomes ``proposals/fep-0014.rst``.
    """
    directory, slash, name = path.rpartition("/")
    name = re.sub(_pattern(old), lambda match: f"{new:0{len(match[0])}}", name, count=1)
    return f"{directory}{slash}{name}"


def _rewrite_own_number(text: str, process: Process, change: NumberChange) -> str:
    """Return the text of the proposal with the new number in its header and its heading."""
    number = Proposal.parse(text, process).field("number")
    if number is not None:
        text = apply_edits(text, _edits_of_numbers(number, change, is_sorted=False))
    if process.title_source == "heading":
        # "DEP 7: Title" at the start of the file, perhaps below a label ".. _dep7:" and an overline
        # "=======".
        heading = re.match(r"(?:\.\. _.*:\s*\n\s*)?(?:[^\w\s]+\s*\n)?.*\n.*\n", text)
        end = heading.end() if heading else 0
        text = change.rewrite(text[:end]) + text[end:]
    return text


def _rewrite_headers(proposal: Proposal, process: Process, change: NumberChange) -> str:
    """Return the text of *proposal* with the new number in headers that name proposals."""
    edits: list[Edit] = []
    for written in proposal.preamble.fields:
        header = process.header(written.name)
        if header and header.kind in NUMBER_KINDS and header.role != "number":
            edits += _edits_of_numbers(written, change, is_sorted=header.sorted)
    return apply_edits(proposal.text, edits)


def _edits_of_numbers(written: Field, change: NumberChange, *, is_sorted: bool) -> Iterator[Edit]:
    """Yield the edits of a header that has the old number; a sorted list stays sorted."""
    entries = list(pieces(written.value))
    texts = [re.sub(_pattern(change.old), lambda m: change.format(m[0]), e.text) for e in entries]
    if texts == [entry.text for entry in entries]:
        return
    found = [re.fullmatch(rf"\D*({NUMBER})\D*", text, re.ASCII) for text in texts]
    if is_sorted and all(found):
        numbers = {text: int(match[1]) for text, match in zip(texts, found, strict=True) if match}
        texts.sort(key=numbers.__getitem__)
    for entry, text in zip(entries, texts, strict=True):
        if text != entry.text:
            yield Edit(written.span(entry.start, entry.end), text)
