"""Pages that compare the text of a proposal with the one that was decided on, word by word."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from itertools import groupby

from docutils import nodes

from .._text import safe
from ..catalog.model import DecidedText, ProposalEntry
from ..editorial.decided import ChangesSince
from ..editorial.textdiff import TextChange
from .content import SiteContent
from .i18n import _, gettext_nodes, ngettext
from .nodes import status_badge
from .roles import page_link, proposal_link
from .virtual_pages import VirtualPage

_ELEMENTS = {"equal": "{}", "removed": "<del>{}</del>", "added": "<ins>{}</ins>"}


def page_name(content: SiteContent, number: int) -> str:
    """Return the name of the page with the changes of a proposal: ``fep-0011/changes``."""
    return f"{content.pages[number]}/changes"


def pages(content: SiteContent) -> Iterator[VirtualPage]:
    """Return a page for each proposal whose words have changed since the decision about it."""
    for number, changes in content.changes.items():
        yield _page(content, number, changes)


def _page(content: SiteContent, number: int, changes: ChangesSince) -> VirtualPage:
    name = page_name(content, number)
    return VirtualPage(
        name,
        _("Changes of {label} since the decision", label=content.process.label(number)),
        repr((changes, content.label(number), content.pages[number])),
        lambda: _render(content, number, changes, name),
    )


def decision_line(content: SiteContent, entry: ProposalEntry) -> Iterator[nodes.Node]:
    """Yield the line that names the text that was decided on, and whether it reads the same."""
    decided = entry.decided_text
    if decided is None or entry.number is None:
        return
    badge = status_badge(content.process, decided.status)
    parts = gettext_nodes(
        "{status} with the text of commit {commit}.",
        status=badge,
        commit=nodes.inline("", "", *_commit(content, decided.commit)),
    )
    yield nodes.paragraph("", "", *parts, *_comparison(content, entry.number, decided))


def _comparison(content: SiteContent, number: int, decided: DecidedText) -> Iterator[nodes.Node]:
    if decided.changed is None:
        return
    yield nodes.Text(" ")
    if changes := content.changes.get(number):
        link = page_link(page_name(content, number), _words(changes), content.pages[number])
        parts = gettext_nodes("Its text has changed since: {words}.", words=link)
        yield nodes.inline("", "", *parts, classes=["fep-text-changed"])
    else:
        yield nodes.Text(_("Its words have not changed since."))


def _commit(content: SiteContent, commit: str) -> list[nodes.Node]:
    """Return the short name of a commit, as a link if commits have URLs."""
    name = nodes.literal("", commit[:10])
    hosting = content.process.repository
    url = hosting.url_of_commit(commit) if hosting else ""
    return [nodes.reference("", "", name, refuri=url) if url else name]


def _words(changes: ChangesSince) -> str:
    removed, added = changes.counts
    return ", ".join(
        [
            ngettext("{count:,} word added", "{count:,} words added", added),
            ngettext("{count:,} word removed", "{count:,} words removed", removed),
        ]
    )


def _render(
    content: SiteContent, number: int, changes: ChangesSince, name: str
) -> Sequence[nodes.Node]:
    process = content.process
    status = process.resolve_status(changes.status)
    badge = status_badge(process, status.name if status else changes.status)
    since = gettext_nodes(
        "{label} became {status} on {day}, in commit {commit}. Since then: {words}.",
        label=proposal_link(number, content.label(number), name),
        status=badge,
        day=nodes.Text(str(changes.date or _("an unknown day"))),
        commit=nodes.inline("", "", *_commit(content, changes.commit)),
        words=nodes.Text(_words(changes)),
    )
    key = _(
        "Removed words are struck through, and added words are underlined. Changes of marks, of "
        "markup and of line breaks alone are left out, and so is text that has not changed."
    )
    return [
        nodes.paragraph("", "", *since),
        nodes.paragraph("", key),
        *_sections(changes.changes),
    ]


def _sections(changes: Sequence[TextChange]) -> Iterator[nodes.Node]:
    """Yield the changes below the titles of the sections that they are in now."""
    sections = groupby(changes, key=lambda change: change.section)
    for index, (title, found) in enumerate(sections, start=1):
        content = [nodes.raw("", _change_html(change), format="html") for change in found]
        if title:
            heading = nodes.title("", "", nodes.inline("", safe(title), classes=["fep-source"]))
            yield nodes.section("", heading, *content, ids=[f"change-{index}"])
        else:
            yield from content


def _change_html(change: TextChange) -> str:
    """Return the words of a change; line breaks in it are those of the source."""
    parts = []
    for piece in change.pieces:
        lines = (escape(safe(line, None)) for line in piece.text.split("\n"))
        parts.append(_ELEMENTS[piece.kind].format("\n".join(lines)))
    return f'<div class="fep-change">{"".join(parts)}</div>'
