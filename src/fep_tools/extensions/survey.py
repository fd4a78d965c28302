"""Scan the watched extensions for the names of proposals."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .._cache import Cache
from ..proposals.model import Proposal
from .affected import (
    AffectedFile,
    declared_symbols,
    ExtensionRecord,
    first_release,
    PROJECT,
    UnreadRecord,
    UseRecord,
)
from .executors import Engine
from .names import WALKER_VERSION
from .scan import scan_files, ScanJob, ScanResult
from .selection import Chosen, release_time, select_files, Selection, Source


@dataclass(frozen=True)
class Survey:
    """The results of scanning several distributions.

    :param computed: how many of them no former run had stored.
    """

    selection: Selection
    results: Mapping[str, ScanResult]
    failures: Mapping[str, str]
    computed: int


def survey(
    source: Source, selection: Selection, symbols: tuple[str, ...], engine: Engine, cache: Cache
) -> Survey:
    """Scan the files of a selection."""
    jobs = {
        name: ScanJob(chosen.file, symbols, source.download)
        for name, chosen in selection.chosen.items()
    }
    results, failures, computed = scan_files(jobs, engine, cache)
    return Survey(selection, results, {**selection.failures, **failures}, computed)


def survey_proposal(
    source: Source, proposal: Proposal, names: Iterable[str], engine: Engine, cache: Cache
) -> tuple[AffectedFile, Survey]:
    """Scan the last releases of extensions before the change of a proposal was released.

    :param names: the extensions.
    """
    release = first_release(proposal)
    moment = release_time(source, PROJECT, release) if release else None
    selection = select_files(source, names, before=moment)
    symbols = declared_symbols(proposal)
    found = survey(source, selection, symbols, engine, cache)
    file = AffectedFile(
        number=proposal.number or 0,
        walker=WALKER_VERSION,
        before=release if moment else None,
        symbols=symbols,
        extensions={
            name: _record(selection.chosen[name], result) for name, result in found.results.items()
        },
        absent=tuple(sorted(selection.absent)),
        failures=dict(found.failures),
    )
    return file, found


def _record(chosen: Chosen, result: ScanResult) -> ExtensionRecord:
    return ExtensionRecord(
        version=chosen.version,
        file=chosen.file.filename,
        sha256=chosen.file.sha256,
        uses=tuple(
            UseRecord(
                symbol=use.symbol, path=use.path, line=use.line, column=use.column,
                certainty=use.certainty.value,
            )
            for use in result.uses
        ),
        unread=tuple(UnreadRecord(path=u.path, reason=u.reason) for u in result.unread),
    )  # fmt: skip
