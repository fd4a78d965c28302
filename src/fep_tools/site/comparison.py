"""The pages about notes: all proposals by framework, and what one framework would have to change.

A stance is somebody's opinion, and looks the same whatever it says. Only the state of the
snippets has a colour.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from docutils import nodes

from .._i18n import gettext_noop
from ..catalog.model import CatalogEntry, FrameworkEntry, NoteEntry
from ..notes.model import STANCES
from ..notes.results import STATE_MEANINGS
from ..notes.store import describe_versions
from .content import SiteContent
from .facets import BY, FRAMEWORK
from .i18n import _
from .lists import ways
from .note_results import state
from .roles import link, to_page
from .tables import badge, Cell, joined, table
from .virtual_page import VirtualPage

OPINION = gettext_noop(
    "A stance is the opinion of a proposal's authors. Only the snippets of its note are verified, "
    "with the version of the framework that is named."
)
MATTER = gettext_noop("What other frameworks do about the same matter.")

ORDER = (
    gettext_noop("divergent"),
    gettext_noop("absent"),
    gettext_noop("extension"),
    gettext_noop("similar"),
    gettext_noop("adopted"),
    gettext_noop("baseline"),
    gettext_noop("not-applicable"),
)
"""The stances as a framework's page has them: what differs most comes first."""


def pages(edition: SiteContent) -> Iterator[VirtualPage]:
    """The matrix, and a page for each framework that a note is about; none without notes."""
    if edition.frameworks:
        yield _matrix(edition)
        yield from (_page(edition, framework) for framework in edition.frameworks)


def stance(noted: NoteEntry, *shown: nodes.Node) -> nodes.inline:
    """A stance, marked as such; *shown* is what leads to the note."""
    parts = shown or (nodes.Text(_word(noted.stance)),)
    return nodes.inline("", "", *parts, classes=["fep-stance"])


def _word(stance: str | None) -> str:
    return _(stance) if stance else _("no stance")


def head(edition: SiteContent, entry: CatalogEntry) -> list[nodes.Node]:
    """How each framework stands to a proposal, in a line; for its page."""
    titles = {framework.key: framework.title for framework in edition.frameworks}
    return joined((_headed(titles[noted.framework], noted) for noted in entry.notes), " ")


def _headed(title: str, noted: NoteEntry) -> nodes.inline:
    name = nodes.reference("", title, refid=nodes.make_id(title), internal=True)
    parts = [name, nodes.Text(" "), stance(noted), nodes.Text(" "), state(noted.state)]
    return nodes.inline("", "", *parts, classes=["fep-noted"])


# The matrix ----------------------------------------------------------------------------------


def _matrix(edition: SiteContent) -> VirtualPage:
    entries = [entry for entry in edition.catalog.proposals if entry.notes]
    return VirtualPage(
        name=FRAMEWORK,
        title=_(BY[FRAMEWORK][1], plural=edition.process.plural),
        shown=f"{edition.lists} {edition.frameworks} {_shown(entries)}",
        content=lambda: [
            *ways(edition, FRAMEWORK),
            nodes.paragraph("", f"{_(MATTER)} {_(OPINION)}"),
            _grid(edition, entries),
            _legend(),
        ],
    )


def _grid(edition: SiteContent, entries: Iterable[CatalogEntry]) -> nodes.table:
    titles: list[Cell] = [edition.process.acronym]
    titles += [_column(framework) for framework in edition.frameworks]
    rows = ([_proposal(edition, entry, FRAMEWORK), *_cells(edition, entry)] for entry in entries)
    return table(titles, rows, kind="fep-matrix", stub=True)


def _column(framework: FrameworkEntry) -> list[nodes.Node]:
    pinned = f"{framework.version}, Python {framework.python}" if framework.version else ""
    name = to_page(f"{FRAMEWORK}/{framework.key}", framework.title, FRAMEWORK)
    return [name, nodes.inline("", f" {pinned}", classes=["fep-pinned"])]


def _cells(edition: SiteContent, entry: CatalogEntry) -> Iterator[Cell]:
    notes = {noted.framework: noted for noted in entry.notes}
    for framework in edition.frameworks:
        noted = notes.get(framework.key)
        yield [] if noted is None else _cell(entry, noted, framework)


def _cell(entry: CatalogEntry, noted: NoteEntry, framework: FrameworkEntry) -> list[nodes.Node]:
    to_note = link(entry.number, _word(noted.stance), FRAMEWORK, nodes.make_id(framework.title))
    return [stance(noted, to_note), nodes.Text(" "), state(noted.state)]


def _legend() -> nodes.bullet_list:
    """What the states mean."""
    items = (
        nodes.list_item(
            "",
            nodes.paragraph("", "", state(name), nodes.Text(_(": {meaning}", meaning=_(meaning)))),
        )
        for name, meaning in STATE_MEANINGS.items()
    )
    return nodes.bullet_list("", *items, classes=["fep-legend"])


# One framework -------------------------------------------------------------------------------


def _page(edition: SiteContent, framework: FrameworkEntry) -> VirtualPage:
    name = f"{FRAMEWORK}/{framework.key}"
    rows = [
        (entry, noted)
        for entry in edition.catalog.proposals
        for noted in entry.notes
        if noted.framework == framework.key
    ]
    return VirtualPage(
        name=name,
        title=framework.title,
        shown=f"{edition.lists} {framework} {_shown(entry for entry, _noted in rows)}",
        content=lambda: [
            *ways(edition, name),
            *_about(edition, framework),
            *_by_stance(edition, name, rows),
        ],
    )


def _about(edition: SiteContent, framework: FrameworkEntry) -> Iterator[nodes.Node]:
    names = {"plural": edition.process.plural, "framework": framework.title}
    asked = _("What {plural} would change for {framework}, or have in common with it.", **names)
    yield nodes.paragraph("", f"{asked} {_(OPINION)}")
    docs = nodes.reference("", _("Documentation"), refuri=framework.docs)
    parts: list[nodes.Node] = [nodes.Text(f"{framework.note} ")] if framework.note else []
    if framework.version:
        pinned = describe_versions(framework.title, framework.version, framework.python)
        parts.append(nodes.Text(_("Snippets are run with {versions}.", versions=pinned) + " "))
    yield nodes.paragraph("", "", *parts, docs, nodes.Text("."))


def _by_stance(
    edition: SiteContent, page: str, rows: Sequence[tuple[CatalogEntry, NoteEntry]]
) -> Iterator[nodes.section]:
    for wanted in (*ORDER, None):
        some = [(entry, noted) for entry, noted in rows if noted.stance == wanted]
        if some:
            title = nodes.title("", _capital(_word(wanted)))
            made = nodes.section("", title, ids=[nodes.make_id(f"stance-{wanted or 'no-stance'}")])
            told = _capital(_(STANCES[wanted])) if wanted else ""
            made += nodes.paragraph("", f"{told}.") if told else []
            made += _listed(edition, page, some)
            yield made


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _listed(
    edition: SiteContent, page: str, rows: Iterable[tuple[CatalogEntry, NoteEntry]]
) -> nodes.table:
    titles = [edition.process.acronym, _("Status"), _("Snippets"), _("Remarks")]
    cells: Iterator[list[Cell]] = (
        [
            _proposal(edition, entry, page),
            badge(edition.process, entry.status),
            state(noted.state),
            ", ".join(_remarks(noted)),
        ]
        for entry, noted in rows
    )
    return table(titles, cells, kind="fep-noted-by", stub=True)


def _remarks(noted: NoteEntry) -> Iterator[str]:
    if noted.via:
        yield _("via {name}", name=noted.via)
    if noted.since:
        yield _("since {version}", version=noted.since)


def _proposal(edition: SiteContent, entry: CatalogEntry, page: str) -> nodes.Node:
    return link(entry.number, edition.label(entry.number), page)


def _shown(entries: Iterable[CatalogEntry]) -> str:
    return repr([(e.number, e.title, e.status, e.notes) for e in entries])
