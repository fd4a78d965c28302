"""The block above a proposal's text: the line with its status, a notice, and its headers."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from html import escape
from urllib.parse import urlsplit

from docutils import nodes

from .._numbers import NUMBER
from ..catalog.model import ProposalEntry
from ..process.model import Process
from ..process.schema import Header
from ..proposals.fields import find_link, format_date, is_url, Person, Record, strip_emails
from ..proposals.hosts import is_impossible_host
from ..proposals.model import Proposal
from .deferred import RenderContext
from .framework_pages import note_summary
from .i18n import _
from .nodes import Cell, inline, join, with_links
from .roles import page_link, proposal_link
from .status_line import HISTORY_ID, render_notice, render_status_line

SHOWN_ABOVE = ("number", "title", "status", "type")
"""The roles of headers that are in the line with the status, and not in the table."""

MAX_URL_LENGTH = 40
"""Characters of a URL that are shown."""

# The last part of https://github.com/pallets/flask/commit/0123456789abcdef0123456789abcdef01234567
_COMMIT = re.compile("^([0-9a-f]{7})[0-9a-f]{33}$")


def render_header_block(context: RenderContext) -> list[nodes.Node]:
    """Return the line with the status, the notice and the table of headers."""
    return _HeaderBlock(context).render()


class _HeaderBlock:
    """The header block of one proposal."""

    def __init__(self, context: RenderContext) -> None:
        self.context = context
        self.content = context.content
        self.process: Process = context.content.process
        self.proposal: Proposal = context.content.proposals[context.page]
        self.entry: ProposalEntry | None = context.any_entry

    def render(self) -> list[nodes.Node]:
        # Where headers are on the page as they were written, the rest comes in two parts.
        part = self.context.argument
        if part == "banner":
            return render_notice(self.context)
        rows = [nodes.field("", *row) for row in self._rows(is_addition=part == "rows")]
        if part == "rows":
            return [*rows]
        line, notice = render_status_line(self.context), render_notice(self.context)
        return [line, *notice, *(_fold(rows) if rows else ())]

    # The table -----------------------------------------------------------------------------

    def _rows(self, *, is_addition: bool) -> Iterator[tuple[nodes.field_name, nodes.field_body]]:
        for header in self.process.headers:
            if is_addition:
                pass  # the headers are on the page as they were written
            elif header.role not in SHOWN_ABOVE and header.key in self.proposal.fields:
                yield from self._row(header.name, self._value(header))
            elif header.trailing_text and (text := self._trailing_text(header)):
                yield from self._row(header.name, text)
            # Not a header: computed from the "Requires" of other proposals, and shown below it.
            if header.role == "requires" and self.entry and self.entry.required_by:
                links = join(map(self._link, self.entry.required_by))
                yield from self._row(_("Required-By"), links)
        if self.entry:
            # Some communities have a header of this name, which may say something else.
            is_taken = "last_modified" in self.process.by_key
            label = _("Last change") if is_taken else _("Last modified")
            yield from self._row(label, _modified(self.entry, self.context))
            yield from self._row(_("Frameworks"), note_summary(self.content, self.entry))

    def _trailing_text(self, header: Header) -> list[nodes.Node]:
        """Return a choice with the text after it, if it has some."""
        if header.kind != "choice":
            return []
        field = self.proposal.fields.get(header.key)
        text = " ".join(field.value.split()) if field else ""
        # Roles are code here: ":ref:`SLEP006 <slep_006>`" reads "SLEP006".
        text = re.sub(r":[\w:.+-]+:`([^`<]*?)\s*(?:<[^`<>]*>)?`", r"\1", text)
        is_alone = text == self.proposal.values.get(header.key)
        return [] if is_alone else self._text(text)

    def _row(
        self, name: str, value: list[nodes.Node]
    ) -> Iterator[tuple[nodes.field_name, nodes.field_body]]:
        if value:
            body = nodes.field_body("", nodes.paragraph("", "", *value))
            yield nodes.field_name("", name), body

    def _value(self, header: Header) -> list[nodes.Node]:
        """Return the value of a header with links, or its text if it could not be read.

        The text of a list of people may hold addresses in any form, so it is not published.
        """
        value = self.proposal.values.get(header.key)
        if value is None and header.kind == "people":
            return []
        if value is None:
            text = " ".join(self.proposal.fields[header.key].value.split())
            return self._text(text)
        if header.trailing_text and (text_nodes := self._trailing_text(header)):
            return text_nodes
        items = value if isinstance(value, tuple) else (value,)
        return join(self._group_link(header.role, self._item(i, header), i) for i in items)

    def _group_link(self, role: str | None, text: Cell, value: object) -> Cell:
        """Return *text* as a link to the proposals with the same value, if there is a list."""
        name = value.name if isinstance(value, Person) else str(value)
        page = self.content.group_page(role, name) if self.entry else None
        return page_link(page, text, self.context.page) if page else text

    def _item(self, value: object, header: Header) -> Cell:
        match value:
            case bool():
                return _("Yes") if value else _("No")
            case int():
                return self._link(value)
            case date():
                return format_date(value, header.date_format)
            case Person():
                return f"{value.name} (@{value.handle})" if value.handle else value.name
            case Record():
                return self._record(value, header)
        address = str(value)
        if header.kind == "symbols":
            name, _space, version = address.partition(" ")
            return [nodes.literal("", name), nodes.Text(f" {version}" if version else "")]
        if is_url(address) or self._link_of(address):
            return self._url(address)
        return with_links(address, self._url)

    def _text(self, text: str) -> list[nodes.Node]:
        """Return a text that could not be read, or has more than a value."""
        return with_links(strip_emails(text), self._url)

    def _record(self, record: Record, header: Header) -> list[nodes.Node]:
        day = format_date(record.date, header.date_format) if record.date else ""
        label = " ".join(filter(None, (day, record.status)))
        if record.url and is_url(record.url):
            link = self._url(record.url, label)
            link["classes"].append("fep-record")
            return [link]
        return inline(label or record.url or "")

    def _link(self, number: int) -> nodes.Node:
        return proposal_link(number, self.content.label(number), self.context.page)

    def _link_of(self, address: str) -> tuple[str, str] | None:
        return find_link(address, self.process.links)

    def _url(self, address: str, text: str = "") -> nodes.reference:
        """Return a link to a URL or, if the process has a URL for it, to another address.

        :param text: What to show; what would be shown without it is the title of the link.
        """
        url, label = self._link_of(address) or (address, self._shorten(address))
        title = {"reftitle": label} if text else {}
        return nodes.reference("", "", *_breakable(text or label), refuri=url, **title)

    def _shorten(self, url: str) -> str:
        """Return the text that a role of the process has for a URL, or a shorter form of it.

        With the role ``:issue:`` for ``https://example.org/issues/{0}``, the URL of an issue
        becomes "issue 7".
        """
        for role in self.process.roles:
            prefix, placeholder, suffix = role.url.partition("{0}")
            # Both are removed only where present, so the whole URL is compared below.
            number = url.removeprefix(prefix).removesuffix(suffix)
            matches = placeholder and url == f"{prefix}{number}{suffix}"
            if matches and re.fullmatch(NUMBER, number):
                return role.text.format(int(number))
        return shorten_url(url)


def _breakable(text: str) -> Iterator[nodes.Node]:
    """Yield a URL in parts, between which a line may end."""
    parts = text.split("/")
    for part in parts[:-1]:
        # An EPUB is XML, so the element is closed.
        yield from (nodes.Text(f"{part}/"), nodes.raw("", "<wbr/>", format="html"))
    yield nodes.Text(parts[-1])


def _fold(rows: list[nodes.field]) -> list[nodes.Node]:
    """Return the table of headers in an element that opens; our theme has it in the margin."""
    summary = escape(_("Details"))
    start = f'<details class="fep-facts"><summary>{summary}</summary>'
    return [
        nodes.raw("", start, format="html"),
        nodes.field_list("", *rows, classes=["fep-header"]),
        nodes.raw("", "</details>", format="html"),
    ]


def _modified(entry: ProposalEntry, context: RenderContext) -> list[nodes.Node]:
    """Return the day of the last change, as a link to the history."""
    if entry.changed is None:
        return []
    anchor = context.free_anchor(HISTORY_ID)
    return [nodes.reference("", entry.changed.isoformat(), refid=anchor, internal=True)]


def shorten_url(url: str) -> str:
    """Return a URL without its scheme, and ``example.org/…/7`` for a long one."""
    if is_impossible_host(url):
        return url
    parts = urlsplit(url)
    host = parts.netloc.removeprefix("www.")
    segments = [_COMMIT.sub(r"\1", segment) for segment in parts.path.split("/") if segment]
    whole = "/".join([host, *segments])
    if len(whole) <= MAX_URL_LENGTH or not segments:
        return whole
    return f"{host}/…/{segments[-1]}" if len(segments[-1]) <= MAX_URL_LENGTH else host
