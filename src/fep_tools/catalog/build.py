"""Build the catalog from the proposals, their history and the results of their notes."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, TYPE_CHECKING

from .._text import escape_surrogates, shorten
from ..history.decisions import find_decision
from ..history.load import with_declared_events
from ..history.stats import compute_statistics, Statistics
from ..notes.store import NoteStore
from ..process.model import Process
from ..proposals.fields import find_link, is_url, Person, Record
from ..proposals.fields.names import is_group
from ..proposals.model import Corpus, Proposal
from ..proposals.sections import find_open_sections
from .changes import affected_entries
from .history import find_intervals, public_text, publish_timeline
from .model import (
    Author,
    Catalog,
    CatalogEntry,
    DecidedText,
    OpenQuestions,
    PublishedEntry,
    Resolution,
    SimilarProposal,
    UnnumberedEntry,
)
from .notes import framework_entries, note_entries

if TYPE_CHECKING:
    from ..history.model import History, Timeline


MAX_TITLE, MAX_TEXT = 300, 10_000
"""How many characters are published of a title, and of another header. Lists, feeds and pages of
other proposals repeat them. The longest title of the PEPs has 79 characters."""


def build_catalog(
    corpus: Corpus,
    process: Process,
    tool: str,
    history: History | None = None,
    similar: Mapping[int, tuple[SimilarProposal, ...]] | None = None,
) -> Catalog:
    """Return the catalog of *corpus*.

    :param tool: The name and version of the program, such as ``fep-tools 1.2``.
    :param history: The timelines from git. Without them, only events that proposals declare
        themselves are in the catalog.
    :param similar: For each number the proposals about the same matter.
    """
    notes = NoteStore(process.notes, corpus.attachments)
    required_by = _required_by(corpus.by_number.values())
    others = [p for p in corpus if p.number is not None and corpus.get(p.number) is not p]

    def entry(proposal: Proposal) -> CatalogEntry:
        number = proposal.number
        assert number is not None
        values = _entry_values(proposal, process, history, notes)
        url = process.url.format(number) if "{0" in process.url else None
        return CatalogEntry(
            number=number,
            url=url,
            required_by=required_by.get(number, ()),
            similar=(similar or {}).get(number, ()) if corpus.get(number) is proposal else (),
            **values,
        )

    def unnumbered_entry(proposal: Proposal) -> UnnumberedEntry:
        values = _entry_values(proposal, process, history, notes)
        number = proposal.written_number
        url = process.url.replace("{0}", number) if number and "{0}" in process.url else None
        return UnnumberedEntry(written_number=number, url=url, **values)

    return Catalog(
        tool=tool,
        process=process.acronym,
        commit=history.head if history else None,
        history_complete=history is not None and history.complete,
        frameworks=framework_entries(notes),
        proposals=tuple(entry(proposal) for _number, proposal in sorted(corpus.by_number.items())),
        duplicates=tuple(entry(proposal) for proposal in others),
        unnumbered=tuple(
            unnumbered_entry(proposal)
            for proposal in sorted(corpus, key=lambda proposal: proposal.path)
            if proposal.number is None
        ),
    )


def plain_title(proposal: Proposal, process: Process) -> str:
    """Return the title without markup and without its own label; ``""`` if there is none.

    Some communities repeat the number: in FEP 11, ``FEP 11: Blueprints`` becomes ``Blueprints``.
    A title that is nothing but a label, such as ``FEP 11``, is kept, and so is the label of
    another proposal, as in ``FEP 3: the second part``.
    """
    title = _without_markup(proposal)
    if proposal.number is None and proposal.written_number:
        return process.without_label(title, proposal.written_number)
    number, _separator, rest = process.split_title(title)
    return title if number is None or number != proposal.number else rest


# Escapes: "\*\*kwargs" is "**kwargs", and "``ExceptionGroup``\ s" is "ExceptionGroups". Code has
# none, as in "``\x`` Escapes". In Markdown, one backquote on each side is code as well, as in
# "Adds `baseFee` to blocks", and only punctuation is escaped.
_RST_MARKUP = re.compile(r"``(?P<code>.+?)``|``|\\(?:\s|(?P<escaped>\S))")
_MARKDOWN_MARKUP = re.compile(r"`(?P<code>[^`]+)`|`|\\(?P<escaped>[!-/:-@\[-`{-~])")


def _without_markup(proposal: Proposal) -> str:
    """Return the title as docutils or a parser of Markdown would read it."""
    if "title" not in proposal.values and proposal.title_heading:
        return proposal.title.replace("``", "")  # the parser has read it already
    markup = _MARKDOWN_MARKUP if proposal.is_markdown else _RST_MARKUP
    return markup.sub(lambda part: part["code"] or part["escaped"] or "", proposal.title)


def catalog_statistics(catalog: Catalog, process: Process, today: date) -> Statistics:
    """Return what ``fep stats`` reports."""
    return compute_statistics(
        (entry.timeline for entry in catalog.proposals),
        ((entry.created, entry.type) for entry in catalog.proposals),
        process,
        today,
        complete=catalog.history_complete,
    )


def _required_by(proposals: Iterable[Proposal]) -> Mapping[int, tuple[int, ...]]:
    """Return for each number the proposals that require it, except that proposal itself."""
    required_by: dict[int, tuple[int, ...]] = {}
    for proposal in sorted(proposals, key=lambda proposal: proposal.number or 0):
        for number in proposal.numbers("requires"):
            if proposal.number is not None and number != proposal.number:
                required_by[number] = (*required_by.get(number, ()), proposal.number)
    return required_by


def _entry_values(
    proposal: Proposal, process: Process, history: History | None, notes: NoteStore
) -> dict[str, Any]:
    """Return what is published about a proposal, with or without a number."""
    group = process.index_group(proposal.status, proposal.type, proposal.title)
    timeline = history.by_path.get(proposal.path) if history else with_declared_events(proposal)
    timeline = publish_timeline(timeline, process) if timeline else None
    return {
        "title": shorten(plain_title(proposal, process), MAX_TITLE) or None,
        "status": proposal.status,
        "type": proposal.type,
        "topics": _values(proposal, "topics"),
        "created": proposal.value("created"),
        "versions": _values(proposal, "version"),
        "removed": _values(proposal, "removed"),
        "deprecated": _values(proposal, "deprecated"),
        "deprecates": _values(proposal, "deprecates"),
        "removes": _values(proposal, "removes"),
        "changes": _values(proposal, "changes"),
        "retroactive": bool(proposal.value("retroactive")),
        "requires": proposal.numbers("requires"),
        "replaces": proposal.numbers("replaces"),
        "superseded_by": proposal.numbers("superseded_by"),
        "review_until": proposal.value("review_until"),
        "review_by": proposal.value("review_by"),
        "group": group.title if group else None,
        "path": escape_surrogates(proposal.path),
        "abstract": _abstract(proposal, process),
        "decided_text": _decided_text(timeline, process) if timeline else None,
        "open_questions": tuple(
            OpenQuestions(section=heading.title, text=heading.text or None)
            for heading in find_open_sections(proposal, process)
        ),
        "notes": note_entries(proposal, notes),
        "affected": affected_entries(proposal, notes.files),
        "changed": timeline.changed if timeline else None,
        "history": timeline.events if timeline else (),
        "history_complete": history is not None and (timeline or history).complete,
        "intervals": find_intervals(timeline, process) if timeline else (),
        "changed_in": timeline.changed_in if timeline else None,
        **_published_headers(proposal, process),
    }


def _values(proposal: Proposal, key: str) -> tuple[Any, ...]:
    """Return the values of a header that is single in some communities and a list in others."""
    value = proposal.values.get(key)
    if value is None:
        return ()
    return value if isinstance(value, tuple) else (value,)


_LISTS = frozenset({"choices", "numbers", "people", "records", "symbols", "urls", "versions"})
"""The kinds of header whose values are lists."""

_LIST_ROLES = ("posts", "target", "upstream")
"""The roles whose values are published as lists, also if a community has one value only."""

_PUBLISHED_ROLES = (
    None, "authors", "scribe", "upstream_authors", "sponsor", "delegate", "discussion",
    "resolution", "reason", *_LIST_ROLES,
)  # fmt: skip
"""The roles whose values may have e-mail addresses; ``None`` for headers without one."""


def _published_headers(proposal: Proposal, process: Process) -> dict[str, Any]:
    """Return the values of the headers that have no role, or name people, URLs or events."""
    published: dict[str, Any] = {}
    for header in process.headers:
        if header.role not in _PUBLISHED_ROLES:
            continue
        values = _values(proposal, header.key)
        if header.role in ("posts", "resolution"):
            values = tuple(map(_as_record, values))
        entries = tuple(_publish(each, process) for each in values)
        is_list = header.kind in _LISTS or header.role in _LIST_ROLES
        published[header.key] = entries if is_list else next(iter(entries), None)
    return published


def _publish(value: object, process: Process) -> PublishedEntry:
    match value:
        case Person(name=name, handle=handle):
            own_words = frozenset({process.acronym.casefold()})
            return Author(name=name, handle=handle, is_group=is_group(name, own_words))
        case Record():
            return Resolution(date=value.date, url=value.url)
        case date():
            return value.isoformat()
        case int():
            return value
    # The address of a mailing list is not that of a person.
    link = find_link(str(value), process.links) if "@" in str(value) else None
    return link[0] if link else shorten(public_text(str(value)) or "", MAX_TEXT)


def _as_record(value: object) -> object:
    """Return a date or a URL alone in the form of both."""
    if isinstance(value, date):
        return Record(date=value)
    return Record(url=value) if isinstance(value, str) and is_url(value) else value


def _abstract(proposal: Proposal, process: Process) -> str | None:
    """Return the first paragraph of the first section of the process.

    A proposal without that section (usually "Abstract") gives the first paragraph that it has.
    """
    title = process.sections[0].title if process.sections else "Abstract"
    headings = proposal.body.headings if proposal.body else ()
    matching = [heading for heading in headings if heading.title.casefold() == title.casefold()]
    return next((heading.text for heading in matching or headings if heading.text), None)


def _decided_text(timeline: Timeline, process: Process) -> DecidedText | None:
    """Return the commit that decided a proposal, unless its history may lack that commit."""
    event = find_decision(timeline.statuses, process) if timeline.complete else None
    if event is None or event.commit is None or event.after is None:
        return None
    status = process.resolve_status(event.after)
    name = status.name if status else event.after
    return DecidedText(status=name, date=event.date, commit=event.commit)
