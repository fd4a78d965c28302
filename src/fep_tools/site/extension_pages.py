"""The page that shows the state of extensions, from the newest report in the repository."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from html import escape

from docutils import nodes

from .._i18n import gettext_noop
from .._text import safe
from ..extensions.criteria import State
from ..extensions.model import normalize
from ..extensions.results import TestRecord, TestReport
from ..extensions.snapshot import CriterionResult, CriterionTitle, ExtensionState, Snapshot
from ..proposals.rst.allowlist import link_problem
from .content import SiteContent
from .facets import EXTENSIONS, TITLES
from .i18n import _
from .index_pages import list_links
from .nodes import Cell, table
from .virtual_pages import VirtualPage

INTRODUCTION = {
    "index": gettext_noop(
        "The state of extensions on {day}, as the package index stated it. What could not be "
        "decided is unknown, and does not count as met."
    ),
    "files": gettext_noop(
        "The state of extensions on {day}, as the files of their newest releases state it. What "
        "could not be decided is unknown, and does not count as met."
    ),
}

COLUMNS = (
    gettext_noop("Extension"),
    gettext_noop("Newest release"),
    gettext_noop("Age in days"),
    "Python",  # a name, as the next one
    "Flask",
    gettext_noop("Not met"),
    gettext_noop("Unknown"),
    gettext_noop("Last test"),
)
"""The titles of the columns. On a phone, each cell has the title of its column."""

COLUMN_CLASSES = ("fep-col-extension", "fep-col-release", "fep-col-age", "fep-col-python")
"""The classes of the first columns, whose widths the style sheet sets."""


def pages(content: SiteContent) -> Iterator[VirtualPage]:
    """Return the page, if the repository has a report."""
    snapshot = content.extensions
    if snapshot:
        yield VirtualPage(
            name=EXTENSIONS,
            title=_(TITLES[EXTENSIONS][1]),
            state=f"{content.list_titles} {snapshot} {content.extension_tests}",
            render=lambda: [
                *list_links(content, EXTENSIONS),
                _introduction(snapshot, content.extension_tests),
                _criteria(snapshot),
                _extensions(snapshot, content.extension_tests),
            ],
        )


def _introduction(snapshot: Snapshot, tests: TestReport | None) -> nodes.paragraph:
    parts = [_(INTRODUCTION[snapshot.source], day=snapshot.date)]
    if snapshot.flask:
        parts.append(_("The newest release of Flask was {version}.", version=safe(snapshot.flask)))
    if tests:
        text = _(
            "The last test used Flask {version} and the other packages as of {day}.",
            version=safe(tests.target.flask),
            day=tests.target.date,
        )
        parts.append(text)
    return nodes.paragraph("", " ".join(parts))


def _criteria(snapshot: Snapshot) -> nodes.bullet_list:
    """Return each criterion with the number of extensions that meet it."""
    common = _common_reasons(snapshot)
    items = []
    for criterion in snapshot.criteria:
        counts = Counter(e.by_key[criterion.key].state for e in snapshot.extensions)
        name = nodes.strong("", safe(criterion.title, None))
        if criterion.key in common:
            text = _(": unknown for all ({reason})", reason=safe(common[criterion.key], None))
        else:
            text = _(
                ": {met} met, {not_met} not met, {unknown} unknown",
                met=counts[State.MET],
                not_met=counts[State.NOT_MET],
                unknown=counts[State.UNKNOWN],
            )
        items.append(nodes.list_item("", nodes.paragraph("", "", name, nodes.Text(text))))
    return nodes.bullet_list("", *items)


def _common_reasons(snapshot: Snapshot) -> Mapping[str, str]:
    """Return the reasons of the criteria that are unknown for all extensions, by criterion.

    They are stated once, and not in each row.
    """
    common = {}
    for criterion in snapshot.criteria:
        results = [extension.by_key[criterion.key] for extension in snapshot.extensions]
        found = {(result.state, result.reason) for result in results}
        if len(found) == 1 and (only := found.pop())[0] is State.UNKNOWN:
            common[criterion.key] = only[1]
    return common


def _extensions(snapshot: Snapshot, tests: TestReport | None) -> nodes.table:
    common = _common_reasons(snapshot)
    criteria = {c.key: c for c in snapshot.criteria if c.key not in common}
    records = {normalize(record.name): record for record in tests.tests} if tests else {}
    columns = COLUMNS if tests else COLUMNS[:-1]
    rows = []
    for extension in snapshot.extensions:
        row = _row(extension, criteria)
        if tests:
            record = records.get(normalize(extension.name))
            row.append(_labelled(7, _test(record) if record else ""))
        rows.append(row)
    titles = [_(title) for title in columns]
    return table(titles, rows, kind="fep-matrix", stub=True, column_classes=COLUMN_CLASSES)


def _test(record: TestRecord) -> str:
    """Return the outcome of a test, with the version that was tested and the reason."""
    tested = f"{record.version}: {record.outcome}" if record.version else str(record.outcome)
    return f"{tested} ({record.reason})" if record.reason else tested


def _row(extension: ExtensionState, criteria: Mapping[str, CriterionTitle]) -> list[Cell]:
    name: Cell = safe(extension.name)
    if extension.repository and not link_problem(extension.repository):
        name = nodes.reference("", safe(extension.name), refuri=extension.repository)
    by_state = {
        state: [r for r in extension.criteria if r.state is state and r.key in criteria]
        for state in State
    }
    return [
        name,
        _labelled(1, " ".join(filter(None, (extension.version, str(extension.released or ""))))),
        _labelled(2, "" if extension.age is None else str(extension.age)),
        _labelled(3, extension.python or ""),
        _labelled(4, extension.flask or ""),
        _labelled(5, _list(by_state[State.NOT_MET], criteria)),
        _labelled(6, extension.problem or _list(by_state[State.UNKNOWN], criteria)),
    ]


def _list(results: list[CriterionResult], criteria: Mapping[str, CriterionTitle]) -> str:
    """Return criteria with their reasons; criteria with the same reason are joined."""
    titles: dict[str, list[str]] = {}
    for result in results:
        titles.setdefault(result.reason, []).append(criteria[result.key].title)
    return "; ".join(f"{', '.join(names)}: {reason}" for reason, names in titles.items())


def _labelled(column: int, text: str) -> list[nodes.Node]:
    """Return the content of a cell, with the title of its column for phones."""
    if not text:
        return []
    label = f'<span class="fep-of">{escape(_(COLUMNS[column]))}</span> '
    return [nodes.raw("", label, format="html"), nodes.Text(safe(text, None))]
