"""Extensions that use what a proposal removes, at the end of its section about extensions.

Only committed results are shown. They are untrusted text, and building scans nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.transforms import SphinxTransform

from .._i18n import gettext_noop
from .._text import safe
from ..extensions.affected import (
    affected_path,
    AffectedFile,
    explain_stale,
    ExtensionRecord,
    find_results,
    UseRecord,
)
from .deferred import deferred, RenderContext
from .domain import domain_of
from .i18n import _, ngettext
from .nodes import Cell, table

if TYPE_CHECKING:
    from sphinx.application import Sphinx

MAX_PLACES = 5
"""Places that are shown of one extension."""

CERTAINTIES = {
    "certain": gettext_noop("certain"),
    "likely": gettext_noop("likely"),
    "guarded": gettext_noop("prepared for its absence"),
}
"""How certain a use is, as readers see it."""


class MarkSection(SphinxTransform):
    """Put a placeholder for the results at the end of the section about extensions."""

    default_priority = 400

    def apply(self, **_: Any) -> None:
        """Add the placeholder to a proposal, if its process has that section."""
        content = domain_of(self.env).content
        proposal = content.proposals.get(self.env.docname)
        shown = content.process.extensions
        if proposal is None or shown is None:
            return
        self.env.note_dependency(str(content.root / affected_path(proposal.path)))
        for section in self.document.findall(nodes.section):
            title = section.next_node(nodes.title)
            if title is not None and title.astext() == shown.section:
                section += deferred(kind="affected")
                return


def register(app: Sphinx) -> None:
    """Register the transform."""
    app.add_transform(MarkSection)


def render_affected(context: RenderContext) -> Iterator[nodes.Node]:
    """Yield the results of the proposal on the page; nothing without any."""
    proposal = context.content.proposals[context.page]
    results = find_results(context.content.attachments, proposal.path)
    if not isinstance(results, AffectedFile) or explain_stale(results, proposal):
        return
    yield nodes.paragraph("", _summary(results), classes=["fep-affected-summary"])
    rows = [
        _row(name, record)
        for name, record in sorted(results.extensions.items(), key=lambda item: item[0].lower())
        if record.uses
    ]
    if rows:
        titles = [_("Extension"), _("Version"), _("Places")]
        yield table(titles, rows, kind="fep-affected", stub=True)
    unread = [name for name, record in results.extensions.items() if record.unread]
    if results.failures:
        yield nodes.paragraph("", _("Not scanned: {names}.", names=_join(results.failures)))
    if unread:
        yield nodes.paragraph("", _("Not read completely: {names}.", names=_join(unread)))


def _summary(results: AffectedFile) -> str:
    count = sum(record.is_affected for record in results.extensions.values())
    scanned = ngettext(
        "{count} extension was scanned", "{count} extensions were scanned", len(results.extensions)
    )
    if results.before:
        when = _("in the last releases before {version}", version=safe(results.before))
    else:
        when = _("in the newest releases")
    return _("{scanned}, {when}: {affected} affected.", scanned=scanned, when=when, affected=count)


def _join(names: Iterable[str]) -> str:
    return ", ".join(safe(name) for name in sorted(names))


def _row(name: str, record: ExtensionRecord) -> list[Cell]:
    places: list[nodes.Node] = []
    for use in record.uses[:MAX_PLACES]:
        places += [*_place(use), nodes.Text(" ")]
    if len(record.uses) > MAX_PLACES:
        more = len(record.uses) - MAX_PLACES
        places.append(nodes.Text(ngettext("and {count} more", "and {count} more", more)))
    return [safe(name), safe(record.version), places]


def _place(use: UseRecord) -> list[nodes.Node]:
    return [
        nodes.literal("", safe(use.symbol)),
        nodes.Text(f" {safe(use.path)}:{use.line} ({_(CERTAINTIES[use.certainty])});"),
    ]
