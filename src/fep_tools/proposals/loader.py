"""A repository's proposals, read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from .._cache import Cache, key, tool
from .._files import decode_text, Refusal
from ..process.model import Process
from .body import Body, Vocabulary
from .model import build_vocabulary, Corpus, Proposal
from .pool import read_bodies

Source = bytes | Refusal


def load_corpus(
    sources: Mapping[str, Source],
    process: Process,
    cache: Cache,
    *,
    bodies: bool = True,
    jobs: int = 0,
    strays: Iterable[str] = (),
    images: Iterable[str] = (),
) -> Corpus:
    """The proposals in *sources*; with ``bodies=False`` only their headers are read.

    *strays* are files among them that are none, *images* pictures that lie beside them. What
    belongs to notes becomes the corpus's attachments.
    """
    attachments = {path: source for path, source in sources.items() if process.is_attachment(path)}
    texts = {path: _text(source) for path, source in sources.items() if path not in attachments}
    proposals = [
        Proposal.parse(text, process, path, refusal=refusal)
        for path, (text, refusal) in texts.items()
    ]
    if bodies:
        proposals = with_bodies(proposals, process, cache, jobs)
    return Corpus(tuple(proposals), tuple(strays), attachments, tuple(images))


def _text(source: Source) -> tuple[str, Refusal | None]:
    return ("", source) if isinstance(source, Refusal) else decode_text(source)


def with_bodies(
    proposals: list[Proposal], process: Process, cache: Cache, jobs: int = 0
) -> list[Proposal]:
    """*proposals*, with their bodies, where they were not refused and are written in reST."""
    from dataclasses import replace

    words = build_vocabulary(process)
    wanted = {
        place: proposal.preamble.blanked(proposal.text)
        for place, proposal in enumerate(proposals)
        if proposal.refusal is None and process.files.is_proposal_text(proposal.path)
    }
    found = _bodies(wanted, words, cache, jobs)
    return [replace(p, body=found.get(place)) for place, p in enumerate(proposals)]


def _bodies(
    texts: Mapping[int, str], words: Vocabulary, cache: Cache, jobs: int
) -> dict[int, Body]:
    """The facts of each text: remembered, or read now and then remembered."""
    stem = f"body {tool()} {words!r}"
    keys = {place: key(stem, text) for place, text in texts.items()}
    known = cache.get(keys.values())
    found = {}
    for place, name in keys.items():
        if name in known:
            try:
                found[place] = Body.load(known[name])
            except ValueError:
                continue
    missing = [place for place in texts if place not in found]
    fresh = {}
    for index, body in read_bodies([texts[place] for place in missing], words, jobs):
        found[missing[index]] = body
        if not any(problem.kind == "crash" for problem in body.problems):
            fresh[keys[missing[index]]] = body.dump()
    cache.put(fresh)
    return found
