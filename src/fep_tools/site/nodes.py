"""Tables, sections and other parts of pages as docutils nodes, for every builder and theme."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from html import escape

from docutils import nodes
from docutils.statemachine import StringList
from sphinx import addnodes
from sphinx.util.docutils import SphinxDirective, switch_source_input

from ..process.model import Process
from ..proposals.fields import is_url
from .i18n import _

TEXT_WIDTH = 90
"""Characters per row of a table, where pages are plain text."""

Cell = str | nodes.Node | Sequence[nodes.Node]
"""The content of a table cell or a sentence."""


# Tables ----------------------------------------------------------------------------------------


def table(
    titles: Sequence[Cell],
    rows: Iterable[Sequence[Cell] | nodes.row],
    *,
    kind: str,
    stub: bool = False,
    column_classes: Sequence[str] = (),
) -> nodes.table:
    """Return a table.

    :param rows: The cells of each row, or a whole row.
    :param kind: A class for the table.
    :param stub: Whether the first cell of each row is the title of the row.
    :param column_classes: Classes for the cells of each column, for themes and scripts.
    """
    group = nodes.tgroup("", cols=len(titles))
    for index in range(len(titles)):
        stub_option = {"stub": 1} if stub and index == 0 else {}
        group += nodes.colspec("", colwidth=TEXT_WIDTH // len(titles), **stub_option)
    group += nodes.thead("", _row(titles, column_classes))
    group += nodes.tbody(
        "",
        *(row if isinstance(row, nodes.row) else _row(row, column_classes) for row in rows),
    )
    # "colwidths-auto": docutils' writer would set fixed column widths otherwise.
    return nodes.table("", group, classes=[kind, "colwidths-auto"])


def title_row(content: Cell, columns: int, *, kind: str, anchor: str) -> nodes.row:
    """Return a row with one cell as wide as the table, which names the rows below it."""
    cell = nodes.entry("", *_cell_content(content), morecols=columns - 1)
    return nodes.row("", cell, classes=[kind], ids=[anchor])


def _row(cells: Iterable[Cell], column_classes: Sequence[str]) -> nodes.row:
    entries = [nodes.entry("", *_cell_content(cell)) for cell in cells]
    for entry, classes in zip(entries, column_classes, strict=False):
        entry["classes"] += classes.split()
    return nodes.row("", *entries)


def _cell_content(cell: Cell) -> list[nodes.Node]:
    content = inline(cell)
    return [nodes.paragraph("", "", *content)] if content else []


def inline(cell: Cell) -> list[nodes.Node]:
    """Return the nodes of a cell."""
    if isinstance(cell, str):
        return [nodes.Text(cell)] if cell else []
    return [cell] if isinstance(cell, nodes.Node) else list(cell)


def join(parts: Iterable[Cell], separator: str = ", ") -> list[nodes.Node]:
    """Return the nodes of *parts* with a separator between them."""
    joined: list[nodes.Node] = []
    for part in parts:
        joined += [nodes.Text(separator)] if joined else []
        joined += inline(part)
    return joined


# `the thread <https://example.org/7>`_, [the thread](https://example.org/7), https://example.org/7
_LINK = re.compile(
    r"`(?P<rst_name>[^`<>]+)<(?P<rst_url>[^`<>\s]+)>`__?"
    r"|\[(?P<markdown_name>[^\[\]]+)\]\((?P<markdown_url>[^()\s]+)\)"
    r"|<(?P<bracketed_url>https?://[^\s<>]+)>"
    r"|(?P<url>https?://[^\s<>]*[^\s<>.,;:!?)])"
)


_URL_GROUPS = ("url", "bracketed_url", "rst_url", "markdown_url")


def _link(url: str, text: str) -> nodes.Node:
    return nodes.reference("", text or url, refuri=url)


def with_links(text: str, link: Callable[[str, str], nodes.Node] = _link) -> list[nodes.Node]:
    """Return a text with its URLs as links, and the named links that it has.

    A stop after a URL is not part of it.

    :param link: Makes a link to a URL with a text, or without one.
    """
    found: list[nodes.Node] = []
    end = 0
    for match in _LINK.finditer(text):
        url = next(filter(None, map(match.group, _URL_GROUPS)))
        if not is_url(url):
            continue
        name = (match["rst_name"] or match["markdown_name"] or "").strip()
        found += [*inline(text[end : match.start()]), link(url, name)]
        end = match.end()
    return found + inline(text[end:])


def status_badge(process: Process, name: str | None) -> nodes.inline:
    """Return the name of a status, with the class ``fep-status-STAGE``."""
    status = process.status(name)
    stage = status.stage if status else "unknown"
    return nodes.inline("", name or _("Unknown"), classes=["fep-status", f"fep-status-{stage}"])


def status_key(process: Process, used: Iterable[str | None]) -> nodes.paragraph:
    """Return what the colours of the statuses that are used mean: the statuses of each stage."""
    names_used = set(used)
    names = {
        "open": _("open"),
        "agreed": _("agreed"),
        "done": _("done"),
        "waiting": _("waiting"),
        "dead": _("closed"),
    }
    parts: list[nodes.Node] = []
    for stage, name in names.items():
        statuses = [
            status.name
            for status in process.statuses
            if status.stage == stage and status.name in names_used
        ]
        if statuses:
            badges = join((status_badge(process, status) for status in statuses), " ")
            parts.append(nodes.inline("", "", *badges, nodes.Text(f" {name}")))
    return nodes.paragraph("", "", *join(parts, " · "), classes=["fep-key"])


# Boxes -----------------------------------------------------------------------------------------


def box(*content: nodes.Node, kind: str = "banner") -> nodes.admonition:
    """Return a box; its title is for readers who do not see its border."""
    return nodes.admonition("", nodes.title("", _("Notice")), *content, classes=[f"fep-{kind}"])


def chart_box(svg: str, question: str) -> list[nodes.Node]:
    """Return a chart below the question that it answers.

    A chart that is wider than a phone scrolls by itself. In a PDF it is a picture, see
    :mod:`fep_tools.site.books`. Other builders than those leave charts out; the table beside
    each of them has its data.
    """
    start = f'<div class="fep-picture" role="group" aria-label="{escape(question)}" tabindex="0">'
    return [
        nodes.paragraph("", question, classes=["fep-question"]),
        nodes.raw("", f"{start}{svg}</div>", format="html", chart=svg, alt=question),
    ]


# Pages -----------------------------------------------------------------------------------------


def page_of(node: nodes.Node, page: str) -> str:
    """Return the name of the page that a node was read from.

    Builders that make one file, such as ``latex``, put all pages into one tree.

    :param page: The page of the tree.
    """
    while node.parent is not None:
        node = node.parent
        if isinstance(node, (addnodes.start_of_file, nodes.section)) and "docname" in node:
            return str(node["docname"])
    return page


# Sections --------------------------------------------------------------------------------------


def section(
    directive: SphinxDirective, title: str, *content: nodes.Node, name: str = ""
) -> nodes.section:
    """Return a section that links can target, as if it were written in the document.

    :param name: What links call it; by default its title.
    """
    element = nodes.section("", nodes.title("", title), *content)
    element["names"].append(name or nodes.fully_normalize_name(title))
    directive.state.document.note_implicit_target(element, element)
    element.source, element.line = directive.get_source_info()
    return element


def parse_text(directive: SphinxDirective, text: str, source: str, line: int) -> list[nodes.Node]:
    """Parse reStructuredText.

    :param source: The file that docutils' messages name.
    :param line: The line of that file on which the text begins.
    """
    # Each line carries its file and number (from 0), which docutils puts into its messages.
    lines = text.split("\n")
    content = StringList(lines, items=[(source, line - 1 + at) for at in range(len(lines))])
    container = nodes.container()
    with switch_source_input(directive.state, content):
        directive.state.nested_parse(content, 0, container)
    return container.children
