"""Load the proposals of a repository. Bodies come from the cache or from worker processes."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from importlib.util import find_spec
from types import MappingProxyType
from typing import NamedTuple

from .._cache import Cache, key, tool
from .._decoding import decode_text
from .._files import as_text, FileContent, plain, Refusal
from .._progress import report
from ..process.model import Process
from .body import Body, IncludedFile, MARKDOWN_MISSING, unparsable
from .includes import find_includes
from .links import with_references
from .model import build_vocabulary, Corpus, Proposal
from .page_files import directories_above, directories_of_pages, is_page
from .pool import EarlyWorkers, read_bodies
from .vocabulary import Vocabulary

PARSING = "parsing: {share} of {total} proposals"
"""What is reported while bodies are parsed."""


def load_corpus(
    sources: Mapping[str, FileContent],
    process: Process,
    cache: Cache,
    *,
    bodies: bool = True,
    jobs: int = 0,
    interfering_files: Iterable[str] = (),
    images: Mapping[str, str] = MappingProxyType({}),
    page_files: Mapping[str, str] = MappingProxyType({}),
) -> Corpus:
    """Return the proposals in *sources*, and the attachments among them.

    :param sources: Files by path.
    :param bodies: Parse bodies, and not only headers.
    :param jobs: The largest number of worker processes; 0 for one per core.
    :param interfering_files: See :class:`~fep_tools.proposals.model.Corpus`.
    :param images: See :class:`~fep_tools.proposals.model.Corpus`.
    :param page_files: See :class:`~fep_tools.proposals.model.Corpus`.
    """
    # Those are data for programs, so it does not matter how an editor has saved them.
    attachments = {
        path: plain(source)
        if isinstance(source, bytes) and path not in process.inventory_files
        else source
        for path, source in sources.items()
        if process.is_attachment(path)
    }
    proposals = [
        _parse_headers(source, process, path)
        for path, source in sources.items()
        if path not in attachments
    ]
    if process.files.included or process.page_directories:
        pages = _pages_by_directory(process, attachments)
        shared: dict[str, str] = {}
        proposals = [_with_attached_text(p, process, attachments, pages, shared) for p in proposals]
    if bodies:
        proposals = with_bodies(proposals, process, cache, jobs, attachments)
    return Corpus(tuple(proposals), tuple(interfering_files), attachments, images, page_files)


def _parse_headers(source: FileContent, process: Process, path: str) -> Proposal:
    text, refusal = ("", source) if isinstance(source, Refusal) else decode_text(source)
    return Proposal.parse(text, process, path, refusal=refusal)


def _pages_by_directory(process: Process, attachments: Iterable[str]) -> dict[str, list[str]]:
    """Return the pages in directories of pages, by each directory that they are in."""
    pages: dict[str, list[str]] = {}
    for path in sorted(attachments):
        if is_page(path, process):
            for directory in directories_above(path, process):
                pages.setdefault(directory, []).append(path)
    return pages


def _with_attached_text(
    proposal: Proposal,
    process: Process,
    attachments: Mapping[str, FileContent],
    pages: Mapping[str, Sequence[str]],
    shared: dict[str, str],
) -> Proposal:
    """Return a proposal with the text of the files that it includes, and of its pages.

    :param pages: Paths of pages, by directory.
    :param shared: The texts of others, by themselves: a thousand may include the same file.
    """
    included = find_includes(proposal.text, proposal.path, process, attachments)
    directories = directories_of_pages(proposal.path, process) if pages else ()
    own = sorted({path for directory in directories for path in pages.get(directory, ())})
    # With their names: text that moves from the end of one to the beginning of another one counts.
    texts = [
        *(f"{file.name}\n{file.text}" for file in included),
        *(f"{posixpath.basename(path)}\n{as_text(attachments[path])}" for path in own),
    ]
    if not texts:
        return proposal
    text = "\n".join(texts)
    return replace(proposal, attached_text=shared.setdefault(text, text))


def with_bodies(
    proposals: Sequence[Proposal],
    process: Process,
    cache: Cache,
    jobs: int = 0,
    attachments: Mapping[str, FileContent] = MappingProxyType({}),
    early: EarlyWorkers | None = None,
    *,
    shown_text: bool = False,
) -> list[Proposal]:
    """Return *proposals* with their bodies.

    A file that was refused has none, unless its text could be decoded; nor has one that is not
    reStructuredText.

    :param jobs: The largest number of worker processes; 0 for one per core.
    :param early: Workers that were started before.
    :param shown_text: Whether the bodies have the text that readers see.
    """
    texts = {
        index: proposal.body_text
        for index, proposal in enumerate(proposals)
        if proposal.refusal is None or proposal.refusal.is_decoded
        if process.files.is_proposal_text(proposal.path)
    }
    by_vocabulary: dict[Vocabulary, dict[int, BodySource]] = {}
    for index, text in texts.items():
        path = proposals[index].path
        files = find_includes(text, path, process, attachments)
        vocabulary = replace(build_vocabulary(process, path), shown_text=shown_text)
        sources = by_vocabulary.setdefault(vocabulary, {})
        sources[index] = BodySource(text, files)
    bodies: dict[int, Body] = {}
    for vocabulary, chosen in by_vocabulary.items():
        if vocabulary.markup == "markdown" and not can_read_markdown():
            bodies |= dict.fromkeys(chosen, unparsable(MARKDOWN_MISSING))
            continue
        bodies |= _load_bodies(chosen, vocabulary, cache, jobs, early)
    for index, body in bodies.items():
        if proposals[index].is_markdown:
            bodies[index] = with_references(body, proposals[index].path, process)
    return [replace(p, body=bodies.get(index)) for index, p in enumerate(proposals)]


def can_read_markdown() -> bool:
    """Return whether the extra for proposals in Markdown is installed."""
    return find_spec("myst_parser") is not None


class BodySource(NamedTuple):
    """The text of a body, and the files that it includes."""

    text: str
    files: tuple[IncludedFile, ...]

    @property
    def key(self) -> str:
        """The texts that the facts of the body depend on."""
        return f"{self.text}\0{self.files!r}" if self.files else self.text


def _load_bodies(
    sources: Mapping[int, BodySource],
    vocabulary: Vocabulary,
    cache: Cache,
    jobs: int,
    early: EarlyWorkers | None,
) -> dict[int, Body]:
    """Return the facts of each text from the cache, or parse it and put them there."""
    stem = f"body {tool()} {vocabulary!r}"
    keys = {index: key(stem, source.key) for index, source in sources.items()}
    cached = cache.get(keys.values())
    bodies = {}
    for index, cache_key in keys.items():
        try:
            bodies[index] = Body.load(cached[cache_key])
        except (KeyError, ValueError):  # not there, or damaged
            continue
    missing = [index for index in sources if index not in bodies]
    parsed = {}
    texts = [sources[index].text for index in missing]
    files = [sources[index].files for index in missing]
    found = read_bodies(texts, vocabulary, jobs, files=files, early=early)
    for count, (position, body) in enumerate(found, start=1):
        report(PARSING, count, len(missing))
        index = missing[position]
        bodies[index] = body
        # A machine with less to do may parse it in time.
        if not body.is_unparsable:
            parsed[keys[index]] = body.dump()
    cache.put(parsed)
    return bodies
