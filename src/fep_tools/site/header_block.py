"""What stands above a proposal's text: its status, its headers as values, its relations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from urllib.parse import urlsplit

from docutils import nodes

from ..catalog.model import CatalogEntry
from ..process.model import Process
from ..process.schema import Header
from ..proposals.fields import format_date, is_url, Person, Record
from ..proposals.model import Proposal
from . import comparison, status_banner
from .content import SiteContent
from .i18n import _
from .roles import link, to_page
from .tables import badge, Cell, inline, joined

ABOVE = ("number", "title", "status", "type")
"""The roles of headers that the page shows before the table, and not in it."""

HISTORY = "history-of-this-proposal"
"""The anchor of what is told of the past, below the text."""

LONGEST_ADDRESS = 40
_COMMIT = re.compile("^([0-9a-f]{7})[0-9a-f]{33}$")


def make(edition: SiteContent, page: str) -> list[nodes.Node]:
    """Status, notice and table of the proposal on *page*."""
    return _Head(edition, page).made()


class _Head:
    """One proposal being shown."""

    def __init__(self, edition: SiteContent, page: str) -> None:
        self.edition = edition
        self.page = page
        self.process: Process = edition.process
        self.proposal: Proposal = edition.proposals[page]
        self.entry: CatalogEntry | None = edition.entry(page)

    def made(self) -> list[nodes.Node]:
        rows = [nodes.field("", *row) for row in self._rows()]
        fields = [nodes.field_list("", *rows, classes=["fep-header"])] if rows else []
        notice = status_banner.make(self.proposal, self.entry, self.process, self._link)
        return [self._summary(), *notice, *fields]

    def _summary(self) -> nodes.paragraph:
        """Status and type, in a line."""
        kind = nodes.inline("", self.proposal.type or "", classes=["fep-type"])
        status = badge(self.process, self.proposal.status)
        shown = [
            self._listed("status", status, self.proposal.status),
            self._listed("type", kind, self.proposal.type),
        ]
        return nodes.paragraph("", "", *joined(shown, " "), classes=["fep-summary"])

    # The table -----------------------------------------------------------------------------

    def _rows(self) -> Iterator[tuple[nodes.field_name, nodes.field_body]]:
        for header in self.process.headers:
            if header.role not in ABOVE and header.key in self.proposal.fields:
                yield from self._row(header.name, self._value(header))
            if header.role == "requires" and self.entry and self.entry.required_by:
                yield from self._row(
                    _("Required-By"), joined(map(self._link, self.entry.required_by))
                )
        if self.entry:
            yield from self._row(_("Changed"), _changed(self.entry))
            yield from self._row(_("Frameworks"), comparison.head(self.edition, self.entry))

    def _row(
        self, name: str, value: list[nodes.Node]
    ) -> Iterator[tuple[nodes.field_name, nodes.field_body]]:
        if value:
            body = nodes.field_body("", nodes.paragraph("", "", *value))
            yield nodes.field_name("", name), body

    def _value(self, header: Header) -> list[nodes.Node]:
        """What a header says, short and with links; as it was written where it is wrong."""
        value = self.proposal.values.get(header.key)
        if value is None:
            return inline(" ".join(self.proposal.fields[header.key].value.split()))
        values = value if isinstance(value, tuple) else (value,)
        return joined(self._listed(header.role, self._one(item, header), item) for item in values)

    def _listed(self, role: str | None, shown: Cell, value: object) -> Cell:
        """*shown* as a link to the other proposals with that value, if there is such a list."""
        name = value.name if isinstance(value, Person) else str(value)
        page = self.edition.list_of(role, name) if self.entry else None
        return to_page(page, shown, self.page) if page else shown

    def _one(self, value: object, header: Header) -> Cell:
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
        return self._address(str(value)) if is_url(str(value)) else str(value)

    def _record(self, record: Record, header: Header) -> list[nodes.Node]:
        day = format_date(record.date, header.date_format) if record.date else ""
        label = " ".join(filter(None, (day, record.status)))
        if record.url and is_url(record.url):
            return [self._address(record.url, label)]
        return inline(label or record.url or "")

    def _link(self, number: int) -> nodes.Node:
        return link(number, self.edition.label(number), self.page)

    def _address(self, address: str, text: str = "") -> nodes.reference:
        return nodes.reference("", text or self._short(address), refuri=address)

    def _short(self, address: str) -> str:
        """An address in few words: as a role would name it, or its host and its last part."""
        for role in self.process.roles:
            start, hole, end = role.url.partition("{0}")
            number = address.removeprefix(start).removesuffix(end)
            if hole and address == f"{start}{number}{end}" and number.isdecimal():
                return role.text.format(int(number))
        return short_address(address)


def _changed(entry: CatalogEntry) -> list[nodes.Node]:
    """The day of the last commit, which leads to what is told of the others."""
    if entry.changed is None:
        return []
    return [nodes.reference("", entry.changed.isoformat(), refid=HISTORY, internal=True)]


def short_address(address: str) -> str:
    """``example.org/…/7`` for a long address, and a short one as it is without its scheme."""
    parts = urlsplit(address)
    host = parts.netloc.removeprefix("www.")
    steps = [_COMMIT.sub(r"\1", step) for step in parts.path.split("/") if step]
    whole = "/".join([host, *steps])
    if len(whole) <= LONGEST_ADDRESS or not steps:
        return whole
    return f"{host}/…/{steps[-1]}" if len(steps[-1]) <= LONGEST_ADDRESS else host
