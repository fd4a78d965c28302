"""Use everything that depends on a process, on a tiny repository."""

from __future__ import annotations

import copy
import json
import tomllib
import zlib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from fep_tools.catalog.build import build_catalog
from fep_tools.catalog.charts.statechart import statechart
from fep_tools.catalog.exports import json_api, redirects
from fep_tools.catalog.urls import SiteUrls
from fep_tools.cli.commands.export import CATALOG_FORMATS, export, site_urls
from fep_tools.cli.render import process as process_render
from fep_tools.cli.render import proposals as proposals_render
from fep_tools.diagnostics import CheckOptions
from fep_tools.editing.create import create_proposal, NewProposal
from fep_tools.editing.renumber import plan_renumbering
from fep_tools.editing.transition import StatusChange, transition_texts
from fep_tools.errors import FepError
from fep_tools.process.model import Process
from fep_tools.process.schema import Header
from fep_tools.proposals.model import Corpus
from fep_tools.repository import Repository

from ..conftest import ROOT

TODAY = date(2026, 11, 20)
STARTER = ROOT / "src/fep_tools/process/starter/fep"

OPTIONS = CheckOptions(TODAY, select=("ALL",), jobs=1)

VALUES = {
    "text": "Some words", "flag": "yes", "number": "1", "numbers": "1, 2", "date": "2024-01-02",
    "version": "1.2", "versions": "1.2, 1.3", "url": "https://example.org/x",
    "urls": "https://example.org/x, https://example.org/y",
    "symbols": "a.b, a.c (1.2)", "people": "Ada Lovelace, Bob Smith",
}  # fmt: skip


_STARTER = tomllib.loads((STARTER / "process.toml").read_text("utf-8"))


def starter() -> dict[str, Any]:
    """Return the tables of the process that ``fep init`` writes."""
    return copy.deepcopy(_STARTER)


def to_toml(tables: Mapping[str, Any]) -> str:
    """Return *tables* as TOML, each key on a line of its own."""
    lines, below = [], []
    for key, value in tables.items():
        if isinstance(value, dict):
            below += [f"\n[{key}]", *(f"{k} = {_value(v)}" for k, v in value.items())]
        elif value and isinstance(value, list) and isinstance(value[0], dict):
            for table in value:
                below += [f"\n[[{key}]]", *(f"{k} = {_value(v)}" for k, v in table.items())]
        else:
            lines.append(f"{key} = {_value(value)}")
    return "\n".join([*lines, *below]) + "\n"


def _value(value: object) -> str:
    match value:
        case dict():
            return f"{{ {', '.join(f'{json.dumps(k)} = {_value(v)}' for k, v in value.items())} }}"
        case list():
            return f"[{', '.join(map(_value, value))}]"
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return json.dumps(value, default=str)


def header_value(header: Header, process: Process, number: int) -> str:
    """Return a value for a header of a proposal."""
    match header.role:
        case "number":
            return str(number)
        case "title":
            return f"Follow-up to {process.acronym} 1, part {number}"
        case "status":
            return process.initial_status.name
        case "type":
            return process.types[0].name
    if header.kind in {"record", "records"}:
        values = {"date": "2024-01-02", "url": "https://example.org/x"}
        values["status"] = (*header.choices, process.initial_status.name)[0]
        return header.record_formats[0].format(**values)
    if header.kind in {"choice", "choices"}:
        return header.choices[0]
    return VALUES[header.kind]


def proposal(process: Process, number: int) -> str:
    """Return the text of a proposal that has every header."""
    mark = ":" if process.dialect == "field-list" else ""
    values = {header.name: header_value(header, process, number) for header in process.headers}
    lines = [f"{mark}{name}: {value}" for name, value in values.items()]
    title = f"{process.acronym} {number}: A title\n{'=' * 40}\n\n" if mark else ""
    body = f"As in :{process.acronym.lower()}:`1` and `here`, :x:`y`.\n\n.. foo::\n"
    return "\n".join([*lines, "", "Abstract", "========", "", body]).join([title, ""])


def use_everything(root: Path, text: str) -> Repository:
    """Use a process in every way.

    :raises FepError: if it cannot be used, or a proposal cannot be changed with it.
    """
    (root / "fep" / "templates").mkdir(parents=True, exist_ok=True)
    for template in (STARTER / "templates").iterdir():
        (root / "fep" / "templates" / template.name).write_bytes(template.read_bytes())
    (root / "fep" / "process.toml").write_text(text, "utf-8")
    start = "# Sphinx inventory version 2\n# Project: P\n# Version: 1\n"
    end = "# The remainder of this file is compressed using zlib.\n"
    (root / "p.inv").write_bytes(f"{start}{end}".encode() + zlib.compress(b""))
    process = Repository.open(root).process
    for number in (1, 2):
        file = root / process.path_for_new(number, "A title")
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(proposal(process, number), "utf-8")
    repository = Repository.open(root)
    repository.require_templates()
    repository.check(OPTIONS)
    repository.fixed_texts(OPTIONS)
    corpus = repository.corpus(jobs=1)
    catalog = build_catalog(corpus, process, "fep-tools")
    assert [entry.number for entry in catalog.proposals] == [1, 2]
    for format_ in CATALOG_FORMATS:
        export(catalog, process, format_, site_urls(catalog, process, ""))
    for render in (proposals_render.as_table, proposals_render.as_json, proposals_render.as_csv):
        render(catalog.proposals)
    for entry in catalog.proposals:
        proposals_render.one_as_text(entry, catalog, process)
    urls = SiteUrls("", {1: "1", 2: "2"})
    json_api.files(catalog, urls)
    redirects.files(catalog, process, urls)
    for as_format in process_render.FORMATS.values():
        as_format(process)
    statechart(process)
    use_editing(repository, corpus)
    return repository


def use_editing(repository: Repository, corpus: Corpus) -> None:
    """Change proposals; that the process does not allow a change is fine."""
    process = repository.process
    for status in process.statuses:
        change = StatusChange(
            1, status.name, TODAY, resolution="https://example.org/x", superseded_by=(2,)
        )
        try:
            transition_texts(process, corpus, change)
        except FepError:
            continue
    for type_ in [type_.name for type_ in process.types] or [""]:
        try:
            create_proposal(repository, NewProposal("A thing", type_, "Ada Lovelace", TODAY))
        except FepError:
            continue
    try:
        plan_renumbering(repository, 2, 7, None)
    except FepError:
        return
