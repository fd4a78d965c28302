"""Files of a change that no rule judges, so that a person has to look at them.

A clean run must not hide them (see docs/security.rst, *sec-gate*).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import PurePosixPath
from urllib.parse import quote

from .._text import join_words
from ..process.attachments import RESULTS_SUFFIXES
from ..process.model import Process
from ..proposals.discovery import IMAGES
from ..proposals.model import Corpus, Proposal
from ..proposals.page_files import directories_above, directories_of_pages, is_page
from .protected_paths import named_paths
from .unread_files import describe_misplaced

# "locales/fr/LC_MESSAGES/proposals/fep-0011.po"; see catalog/translations.py.
_TRANSLATION = re.compile(r"(?:.*/)?LC_MESSAGES/(?P<page>.+)\.po")


def notes(
    process: Process,
    before: Mapping[str, object],
    after: Mapping[str, object],
    read: Callable[[], Corpus],
) -> Iterator[str]:
    """Yield notes on such files.

    :param before: The mode and the blob of every path before the change, as git has them.
    :param read: Returns the proposals before the change.
    """
    changed = {path for path, _blob in before.items() ^ after.items()}
    misplaced = sorted(p for p in changed if p in after and process.files.is_misplaced(p))
    if misplaced:
        yield describe_misplaced(misplaced, process)
    shown = sorted(_shown_by_settled(process, before, after, changed, read))
    if shown:
        named = join_words(named_paths(shown), "and")
        effect = "this change also affects what settled proposals show"
        yield f"{effect}: {named}; a maintainer has to review it"


def _shown_by_settled(
    process: Process,
    before: Collection[str],
    after: Collection[str],
    changed: Collection[str],
    read: Callable[[], Corpus],
) -> Iterator[str]:
    """Yield changed files that are shown on the pages of settled proposals.

    These are images that were replaced or removed, translations, pages, and the results that
    commands have recorded. Results may change at any time, but a made-up one fits its proposal
    as well as one that was computed.
    """
    images = [p for p in changed if p.lower().endswith(IMAGES) and p in before]
    translations = {p: match["page"] for p in changed if (match := _TRANSLATION.fullmatch(p))}
    pages = [p for p in changed if is_page(p, process)]
    results = [p for p in changed if p.endswith(RESULTS_SUFFIXES) and process.is_attachment(p)]
    if not (images or translations or pages or results):
        return
    settled = [proposal for proposal in read() if _is_settled(proposal, process)]
    texts = _compact("\n".join(text for proposal in settled for text in proposal.whole_text))
    own = {d for proposal in settled for d in directories_of_pages(proposal.path, process)}
    for path in images:
        name = path.rpartition("/")[2]
        is_shown = _compact(name) in texts or quote(name) in texts
        if is_shown or own & directories_above(path, process):
            yield path
    names = {name for proposal in settled for name in _page_names(proposal, process)}
    for path, page in translations.items():
        if page in names or own & set(map(str, PurePosixPath(page).parents)):
            yield path
    yield from (path for path in pages if own & directories_above(path, process))
    added = process.files.numbers(path for path in after if path not in before)
    for proposal in settled:
        # The change may move a proposal, and its results with it.
        paths = {proposal.path, added.get(proposal.number or 0, proposal.path)}
        own_results = {posixpath.splitext(p)[0] + each for p in paths for each in RESULTS_SUFFIXES}
        yield from own_results.intersection(results)


def _compact(text: str) -> str:
    """Return a text without what docutils removes from the name of an image."""
    return re.sub(r"[\s\\]", "", text)


def _is_settled(proposal: Proposal, process: Process) -> bool:
    status = process.status(proposal.status)
    return status is not None and status.settled


def _page_names(proposal: Proposal, process: Process) -> Iterator[str]:
    """Yield the names that the page of a proposal may have in the files of translators."""
    name = str(PurePosixPath(proposal.path).with_suffix(""))
    yield name
    # With gettext_compact, which is Sphinx's default, one file is for a whole directory.
    yield name.partition("/")[0]
    if proposal.number is not None:
        yield process.slug(proposal.number)
