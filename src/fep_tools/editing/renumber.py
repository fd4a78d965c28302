"""Give a proposal another number, in its file name and wherever its number is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from .. import _atomic
from ..diagnostics import apply_edits, Edit, Span
from ..errors import FepError, RepositoryError
from ..lint.rules._relations import locate_references, RELATIONS
from ..notes import results
from ..process.model import Process
from ..proposals.model import Corpus, Proposal
from ..repository import Repository
from . import numbering


@dataclass(frozen=True)
class Renumbering:
    """The changes to make.

    :param texts: new texts of files by path; moved files are under their new path
    :param moved: new paths by old path
    """

    texts: dict[str, str]
    moved: dict[str, str]


def plan_renumbering(
    repository: Repository,
    old: int,
    new: int | None,
    path: str | None = None,
    overrides: Mapping[str, bytes] = MappingProxyType({}),
) -> Renumbering:
    """Return the changes that give proposal *old* the number *new*; nothing is written.

    :param new: ``None`` for the next free number
    :param path: the file to renumber, if two have the number *old*
    :param overrides: unsaved texts, by path, that an editor has for some files
    :raises FepError: if there is no such proposal, or it cannot get the number
    """
    process = repository.process
    corpus = repository.read({**repository.sources, **overrides})
    used = numbering.used_numbers(repository)
    if new is None:
        new = numbering.next_number(process, corpus.by_number, used)
    elif other := corpus.get(new):
        raise FepError(f"{process.label(new)} is taken by {other.path}; choose another number")
    elif not numbering.is_available(process, new, used):
        raise FepError(
            f"{process.label(new)} is reserved, or was used before; choose another number"
        )
    renumbering = renumber(process, corpus, old, new, path)
    texts, moved = dict(renumbering.texts), dict(renumbering.moved)
    ((before, after),) = moved.items()
    data = repository.sources.get(results.results_path(before))
    if isinstance(data, bytes):
        results_path = results.results_path(after)
        moved[results.results_path(before)] = results_path
        texts[results_path] = results.renumber(data, new).decode()
    return Renumbering(texts, moved)


def write_renumbering(repository: Repository, renumbering: Renumbering) -> None:
    """Write the changes that :func:`plan_renumbering` returned.

    :raises RepositoryError: if a new path already exists; it is not overwritten
    """
    root, new_paths = repository.root, set(renumbering.moved.values())
    for path, text in renumbering.texts.items():
        if path not in new_paths:
            _atomic.replace(root, path, text.encode())
        elif not _atomic.create(root, path, text.encode()):
            raise RepositoryError(f"{path} already exists; it was not overwritten")
    for path in renumbering.moved:
        _atomic.remove(root, path)


def renumber(
    process: Process, corpus: Corpus, old: int, new: int, path: str | None = None
) -> Renumbering:
    """Return the texts of proposal *old* under the number *new*, and of all that refer to it.

    If two proposals share the number, references may mean either and are left alone.

    :param path: the file to renumber, if two have the number *old*
    :raises FepError: if there is no such proposal, or its status is settled
    """
    proposal = _find(process, corpus, old, path)
    status = process.status(proposal.status)
    if status is not None and status.settled:
        raise FepError(f"{process.label(old)} is {status.name} and keeps its number")
    is_unique = sum(other.number == old for other in corpus) == 1
    texts = {}
    for other in corpus if is_unique else ():
        text = _replace_references(other, process, old, new)
        if text != other.text:
            texts[other.path] = text
    own_text = texts.pop(proposal.path, proposal.text)
    new_path = _new_path(proposal.path, old, new)
    texts[new_path] = _replace_own_number(own_text, process, old, new)
    return Renumbering(texts, {proposal.path: new_path})


def _find(process: Process, corpus: Corpus, number: int, path: str | None) -> Proposal:
    matches = [p for p in corpus if p.number == number and path in {None, p.path}]
    label = process.label(number)
    if not matches:
        raise FepError(f"there is no {label}" + (f" at {path}" if path else ""))
    if len(matches) > 1:
        paths = " or ".join(proposal.path for proposal in matches)
        raise FepError(f"two proposals are {label}; choose one with --path {paths}")
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


def _replace_number(text: str, old: int, new: int) -> str:
    """Return *text* with *new* for the first *old*; ``0012`` becomes ``0014``, ``12`` ``14``."""

    def replacement(match: re.Match[str]) -> str:
        return f"{new:0{len(match[0])}}" if match[0].startswith("0") else str(new)

    return re.sub(_pattern(old), replacement, text, count=1)


def _replace_own_number(text: str, process: Process, old: int, new: int) -> str:
    """Return the text of the proposal with the new number in its header and its heading."""
    field = Proposal.parse(text, process).field("number")
    if field is not None:
        text = apply_edits(text, [Edit(field.span(), _replace_number(field.value, old, new))])
    if process.title_source != "heading":
        return text
    # "DEP 7: Title" at the start of the file, perhaps below an overline "=======".
    label = rf"\A((?:[^\w\s]+\s*\n)?\s*{re.escape(process.acronym)}[ -]?)0*{old}(?![0-9])"
    return re.sub(label, rf"\g<1>{new}", text, count=1, flags=re.IGNORECASE)


def _replace_references(proposal: Proposal, process: Process, old: int, new: int) -> str:
    """Return the text of *proposal* with *new* wherever it refers to proposal *old*."""
    edits = [_edit(proposal, span, old, new) for span in _reference_spans(proposal, process, old)]
    return apply_edits(proposal.text, edits)


def _reference_spans(proposal: Proposal, process: Process, number: int) -> Iterator[Span]:
    """Yield the spans of headers, roles and plain text that refer to proposal *number*."""
    for role in RELATIONS:
        yield from (span for found, span in locate_references(proposal, role) if found == number)
    body = proposal.body
    if body is None:
        return
    for link in body.links:
        if link.role == process.acronym.lower() and link.target == str(number):
            yield link.location.span
    # "FEP 12", "fep-0012" or "(FEP 12)", but neither "FEP 120" nor "12".
    # A body lists only the first plain mention of each proposal; later ones are left alone.
    label = re.compile(rf"(?i)\W*{re.escape(process.acronym)}[ -]?0*{number}\W*")
    for mention in (*body.mentions, *body.literals):
        if label.fullmatch(mention.name):
            yield mention.location.span


def _edit(proposal: Proposal, span: Span, old: int, new: int) -> Edit:
    """Return the edit of one reference.

    The text of a link is kept: ``:fep:`the 12 views <12>``` becomes
    ``:fep:`the 12 views <14>```.
    """
    lines = proposal.text.split("\n")[span.line - 1 : span.end_line]
    # Cut the end first: if the span is on one line, its columns count from the line's start.
    lines[-1] = lines[-1][: span.end_column - 1]
    lines[0] = lines[0][span.column - 1 :]
    text, angle_bracket, target = "\n".join(lines).rpartition("<")
    return Edit(span, f"{text}{angle_bracket}{_replace_number(target, old, new)}")
