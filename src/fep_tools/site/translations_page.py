"""The page that shows how far translations of proposals are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docutils import nodes

from .._i18n import gettext_noop
from ..catalog.model import CatalogEntry
from ..catalog.translations import TranslationProgress
from .content import SiteContent
from .facets import TRANSLATIONS
from .i18n import _, language_name
from .index_pages import list_links
from .nodes import Cell, table
from .roles import proposal_link
from .virtual_pages import VirtualPage

INTRODUCTION = gettext_noop(
    "The number of translated messages of each proposal, counted in the translators' files. "
    "Where a translation and the original differ, the original is authoritative."
)


def pages(content: SiteContent) -> Iterator[VirtualPage]:
    """Return the page, if anything is translated."""
    if content.progress:
        modified = [(e.number, e.title, e.changed) for e in content.catalog.proposals]
        yield VirtualPage(
            name=TRANSLATIONS,
            title=_("Translations"),
            state=f"{content.list_titles} {content.progress} {modified}",
            render=lambda: [
                *list_links(content, TRANSLATIONS),
                nodes.paragraph("", _(INTRODUCTION)),
                *(_language_section(content, *item) for item in content.progress.items()),
            ],
        )


def _language_section(
    content: SiteContent, language: str, progress: Mapping[str, TranslationProgress]
) -> nodes.section:
    titles = [_("Proposal"), _("Translated"), _("Needs review"), _("State")]
    rows = [
        _row(content, entry, progress[page])
        for entry in content.catalog.proposals
        if (page := content.pages[entry.number]) in progress
    ]
    title = nodes.title("", language_name(language))
    contents = table(titles, rows, kind="fep-translated", stub=True)
    return nodes.section("", title, contents, ids=[nodes.make_id(f"language-{language}")])


def _row(content: SiteContent, entry: CatalogEntry, progress: TranslationProgress) -> list[Cell]:
    return [
        proposal_link(entry.number, content.label(entry.number), TRANSLATIONS),
        _("{done} of {count}", done=progress.translated, count=progress.messages),
        str(progress.fuzzy or ""),
        _describe_state(entry, progress),
    ]


def _describe_state(entry: CatalogEntry, progress: TranslationProgress) -> str:
    if progress.is_outdated(entry.changed):
        if progress.date is None:
            return _("outdated")
        return _("outdated: the proposal has changed since {day}", day=progress.date)
    return _("complete") if progress.translated == progress.messages else _("incomplete")
