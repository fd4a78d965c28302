"""Pages that compare frameworks: all notes in one table, and one page per framework.

A stance is an opinion, and looks the same whatever it is. Only the state of snippets has a
colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from docutils import nodes

from .._i18n import gettext_noop
from .._text import safe
from ..catalog.model import CatalogEntry, FrameworkEntry, NoteEntry, ProposalEntry
from ..notes.model import STANCES
from ..notes.results import STATE_MEANINGS
from ..notes.store import describe_versions
from .content import SiteContent
from .facets import FRAMEWORK, TITLES
from .i18n import _
from .index_pages import list_links
from .nodes import Cell, join, status_badge, table
from .note_results import state_badge
from .roles import page_link, proposal_link
from .virtual_pages import VirtualPage

INTRODUCTION = gettext_noop("How other frameworks handle this.")
DISCLAIMER = gettext_noop(
    "A stance is the opinion of a proposal's authors. Only code snippets are verified, against "
    "the version shown."
)

STANCE_ORDER = (
    gettext_noop("divergent"),
    gettext_noop("absent"),
    gettext_noop("extension"),
    gettext_noop("similar"),
    gettext_noop("adopted"),
    gettext_noop("baseline"),
    gettext_noop("not-applicable"),
)
"""The order on the page of a framework: the largest differences first."""


def pages(content: SiteContent) -> Iterator[VirtualPage]:
    """Return the comparison and a page per framework, if there are notes."""
    if content.frameworks:
        yield _comparison_page(content)
        yield from (_framework_page(content, framework) for framework in content.frameworks)


def note_summary(content: SiteContent, entry: ProposalEntry) -> list[nodes.Node]:
    """Return the stance and state of each note in a line, for the page of a proposal."""
    titles = {framework.key: framework.title for framework in content.frameworks}
    return join((_note_link(titles[note.framework], note) for note in entry.notes), " ")


def _note_link(title: str, note: NoteEntry) -> nodes.inline:
    # The note is a section of the same page, titled with the name of the framework.
    link = nodes.reference("", title, refid=nodes.make_id(title), internal=True)
    stance = _stance(nodes.Text(_stance_name(note.stance)), note.stance)
    parts = [link, nodes.Text(" "), stance, nodes.Text(" "), state_badge(note.state)]
    return nodes.inline("", "", *parts, classes=["fep-noted"])


def _stance(content: nodes.Node, stance: str | None) -> nodes.inline:
    """Return a stance with a class, for which the style sheet has a sign."""
    return nodes.inline("", "", content, classes=["fep-stance", f"fep-stance-{stance or 'none'}"])


def _stance_name(stance: str | None) -> str:
    return _(stance) if stance else _("no stance")


# The comparison ----------------------------------------------------------------------------------


def _comparison_page(content: SiteContent) -> VirtualPage:
    entries = [entry for entry in content.catalog.proposals if entry.notes]
    return VirtualPage(
        name=FRAMEWORK,
        title=_(TITLES[FRAMEWORK][1], plural=content.process.plural),
        state=f"{content.list_titles} {content.frameworks} {_notes_state(entries)}",
        render=lambda: [
            *list_links(content, FRAMEWORK),
            nodes.paragraph("", f"{_(INTRODUCTION)} {_(DISCLAIMER)}"),
            _verified_line(entries),
            _comparison_table(content, entries),
            _legend(),
        ],
    )


def _verified_line(entries: Iterable[CatalogEntry]) -> nodes.paragraph:
    """Return how many notes are verified, so that the table needs to mark only the others."""
    states = [note.state for entry in entries for note in entry.notes]
    verified = states.count("verified")
    text = _(
        "{verified} of {count} notes are verified; the table says so of the others.",
        verified=verified,
        count=len(states),
    )
    return nodes.paragraph("", text, classes=["fep-verified-count"])


def _comparison_table(content: SiteContent, entries: Iterable[CatalogEntry]) -> nodes.table:
    titles: list[Cell] = [content.process.acronym]
    titles += [_framework_title(framework) for framework in content.frameworks]
    rows = (
        [_proposal(content, entry, FRAMEWORK), *_note_cells(content, entry)] for entry in entries
    )
    return table(titles, rows, kind="fep-matrix", stub=True)


def _framework_title(framework: FrameworkEntry) -> list[nodes.Node]:
    pinned = f"{framework.version}, Python {framework.python}" if framework.version else ""
    link = page_link(f"{FRAMEWORK}/{framework.key}", framework.title, FRAMEWORK)
    return [link, nodes.inline("", f" {safe(pinned)}", classes=["fep-pinned"])]


def _note_cells(content: SiteContent, entry: CatalogEntry) -> Iterator[Cell]:
    notes = {note.framework: note for note in entry.notes}
    for framework in content.frameworks:
        note = notes.get(framework.key)
        yield [] if note is None else _note_cell(entry, note, framework)


def _note_cell(entry: CatalogEntry, note: NoteEntry, framework: FrameworkEntry) -> list[nodes.Node]:
    name = _stance_name(note.stance)
    link = proposal_link(entry.number, name, FRAMEWORK, nodes.make_id(framework.title))
    # Shown where the columns have no titles: on a phone.
    title = f'<span class="fep-of">{escape(framework.title)}</span> '
    return [
        nodes.raw("", title, format="html"),
        _stance(link, note.stance),
        nodes.Text(" "),
        state_badge(note.state),
    ]


def _legend() -> nodes.bullet_list:
    """Return what each stance and each state means."""
    items = []
    for stance in STANCE_ORDER:
        sign = _stance(nodes.Text(_(stance)), stance)
        text = nodes.Text(_(": {meaning}", meaning=_(STANCES[stance])))
        items.append(nodes.list_item("", nodes.paragraph("", "", sign, text)))
    for state, meaning in STATE_MEANINGS.items():
        text = nodes.Text(_(": {meaning}", meaning=_(meaning)))
        items.append(nodes.list_item("", nodes.paragraph("", "", state_badge(state), text)))
    return nodes.bullet_list("", *items, classes=["fep-legend"])


# One framework -----------------------------------------------------------------------------------

NoteRow = tuple[CatalogEntry, NoteEntry]


def _framework_page(content: SiteContent, framework: FrameworkEntry) -> VirtualPage:
    page = f"{FRAMEWORK}/{framework.key}"
    rows = [
        (entry, note)
        for entry in content.catalog.proposals
        for note in entry.notes
        if note.framework == framework.key
    ]
    entries = [entry for entry, _note in rows]
    return VirtualPage(
        name=page,
        title=framework.title,
        state=f"{content.list_titles} {framework} {_notes_state(entries)}",
        render=lambda: [
            *list_links(content, page),
            *_framework_introduction(content, framework),
            *_stance_sections(content, page, rows),
        ],
    )


def _framework_introduction(
    content: SiteContent, framework: FrameworkEntry
) -> Iterator[nodes.Node]:
    introduction = _(
        "What {plural} would change for {framework}, and what they have in common with it.",
        plural=content.process.plural,
        framework=framework.title,
    )
    yield nodes.paragraph("", f"{introduction} {_(DISCLAIMER)}")
    parts: list[nodes.Node] = [nodes.Text(f"{framework.note} ")] if framework.note else []
    if framework.version:
        pinned = describe_versions(framework.title, framework.version, framework.python)
        parts.append(nodes.Text(_("Snippets run on {versions}.", versions=pinned) + " "))
    docs = nodes.reference("", _("Documentation"), refuri=framework.docs)
    yield nodes.paragraph("", "", *parts, docs, nodes.Text("."))


def _stance_sections(
    content: SiteContent, page: str, rows: Sequence[NoteRow]
) -> Iterator[nodes.section]:
    for stance in (*STANCE_ORDER, None):
        matching = [(entry, note) for entry, note in rows if note.stance == stance]
        if not matching:
            continue
        title = nodes.title("", _capitalize(_stance_name(stance)))
        section = nodes.section("", title, ids=[nodes.make_id(f"stance-{stance or 'no-stance'}")])
        if stance:
            section += nodes.paragraph("", f"{_capitalize(_(STANCES[stance]))}.")
        section += _note_table(content, page, matching)
        yield section


def _capitalize(text: str) -> str:
    return text[:1].upper() + text[1:]


def _note_table(content: SiteContent, page: str, rows: Iterable[NoteRow]) -> nodes.table:
    titles = [content.process.acronym, _("Status"), _("Snippets"), _("Remarks")]
    cells: Iterator[list[Cell]] = (
        [
            _proposal(content, entry, page),
            status_badge(content.process, entry.status),
            state_badge(note.state),
            ", ".join(_remarks(note)),
        ]
        for entry, note in rows
    )
    return table(titles, cells, kind="fep-noted-by", stub=True)


def _remarks(note: NoteEntry) -> Iterator[str]:
    if note.via:
        yield _("via {name}", name=note.via)
    if note.since:
        yield _("since {version}", version=note.since)


def _proposal(content: SiteContent, entry: CatalogEntry, page: str) -> nodes.Node:
    return proposal_link(entry.number, content.label(entry.number), page)


def _notes_state(entries: Iterable[CatalogEntry]) -> str:
    return repr([(e.number, e.title, e.status, e.notes) for e in entries])
