"""The page about translations: how much there is of each proposal in which language."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docutils import nodes

from .._i18n import gettext_noop
from ..catalog.model import CatalogEntry
from .content import SiteContent
from .facets import TRANSLATIONS
from .i18n import _
from .languages import name
from .lists import ways
from .progress import Progress
from .roles import link
from .tables import Cell, table
from .virtual_page import VirtualPage

COUNTED = gettext_noop(
    "How much of each proposal is translated, from the files of the translators alone. "
    "The original always goes before a translation."
)


def pages(edition: SiteContent) -> Iterator[VirtualPage]:
    """The page, if anything is translated."""
    if edition.translated:
        changed = [(e.number, e.title, e.changed) for e in edition.catalog.proposals]
        yield VirtualPage(
            name=TRANSLATIONS,
            title=_("Translations"),
            shown=f"{edition.lists} {edition.translated} {changed}",
            content=lambda: [
                *ways(edition, TRANSLATIONS),
                nodes.paragraph("", _(COUNTED)),
                *(_section(edition, *row) for row in edition.translated.items()),
            ],
        )


def _section(edition: SiteContent, language: str, done: Mapping[str, Progress]) -> nodes.section:
    """What there is in one language."""
    titles = [_("Proposal"), _("Translated"), _("To be looked at again"), _("State")]
    entries = (
        (entry, done.get(edition.pages[entry.number])) for entry in edition.catalog.proposals
    )
    rows = [_row(edition, entry, found) for entry, found in entries if found is not None]
    title = nodes.title("", name(language))
    made = table(titles, rows, kind="fep-translated", stub=True)
    return nodes.section("", title, made, ids=[nodes.make_id(f"language-{language}")])


def _row(edition: SiteContent, entry: CatalogEntry, done: Progress) -> list[Cell]:
    return [
        link(entry.number, edition.label(entry.number), TRANSLATIONS),
        _("{done} of {count}", done=done.done, count=done.count),
        str(done.doubtful or ""),
        _state(entry, done),
    ]


def _state(entry: CatalogEntry, done: Progress) -> str:
    if done.is_stale(entry.changed):
        if done.day is None:
            return _("stale")
        return _("stale, the proposal has changed since {day}", day=done.day)
    return _("complete") if done.done == done.count else _("in part")
