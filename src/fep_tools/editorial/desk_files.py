"""What an editor watches besides proposals: their translations, and the records of extensions."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import PurePosixPath

from .._clock import add_days
from ..catalog.model import Catalog
from ..catalog.translations import find_translations, read_progress, TranslationProgress
from ..extensions.model import EXTENSIONS_FILE
from ..extensions.snapshot import SNAPSHOT_DIRECTORY
from ..process.model import Process
from ..process.sphinx_conf import read_conf, read_locale_dirs
from ..repository import Repository
from .reminders import Reminder

MONTHS_BETWEEN_RECORDS = 6
"""FEP 5, "Records of the state of extensions"."""


@dataclass(frozen=True)
class Translation:
    """The translation of a proposal.

    :param path: Its file, relative to the root of the repository.
    """

    language: str
    path: str
    progress: TranslationProgress


@dataclass(frozen=True)
class DeskFiles:
    """The files that reminders are about, besides proposals.

    :param translations: The translations of proposals, by number.
    :param records: The days of the records of extensions; ``None`` if no extension is watched.
    :param problems: What could not be read, and why.
    """

    translations: Mapping[int, tuple[Translation, ...]] = field(default_factory=dict)
    records: tuple[date, ...] | None = None
    problems: tuple[str, ...] = ()


def read_desk_files(repository: Repository, catalog: Catalog) -> DeskFiles:
    """Read the translations and the names of the records of a repository."""
    problems: list[str] = []
    translations: dict[int, tuple[Translation, ...]] = {}
    for number, translation in _translations(repository, catalog, problems):
        translations[number] = (*translations.get(number, ()), translation)
    is_watched = (repository.root / EXTENSIONS_FILE).is_file()
    records = tuple(_record_days(repository, problems)) if is_watched else None
    return DeskFiles(translations, records, tuple(problems))


def _translations(
    repository: Repository, catalog: Catalog, problems: list[str]
) -> Iterator[tuple[int, Translation]]:
    """Yield the number of a proposal and its translation, once in each language."""
    # The site names pages after numbers, a Sphinx project after files: proposals/fep-0012.rst.
    pages = {
        name: entry.number
        for entry in catalog.proposals
        for name in (
            repository.process.slug(entry.number),
            str(PurePosixPath(entry.path).with_suffix("")),
        )
    }
    root, seen = repository.root, set()
    names = read_locale_dirs(read_conf(root))
    directories = (root / name for name in names if _is_inside(name))
    for language, page, path in find_translations(directories):
        number = pages.get(page)
        if number is None or (language, number) in seen:
            continue
        seen.add((language, number))
        shown = path.relative_to(root).as_posix()
        try:
            yield number, Translation(language, shown, read_progress(path))
        except ValueError as problem:
            problems.append(f"{shown}: {problem}")


def _is_inside(name: str) -> bool:
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts


def _record_days(repository: Repository, problems: list[str]) -> Iterator[date]:
    for path in sorted((repository.root / SNAPSHOT_DIRECTORY).glob("*.json")):
        try:
            yield date.fromisoformat(path.stem)
        except ValueError:
            what = "is not named after a day, such as 2027-01-31.json"
            problems.append(f"{SNAPSHOT_DIRECTORY}{path.name}: {what}")


def find_unrecorded(files: DeskFiles, process: Process, today: date) -> Iterator[Reminder]:
    """Yield a reminder if a record of extensions is due."""
    if files.records is None:
        return
    last = max((day for day in files.records if day <= today), default=None)
    due = _months_after(last, MONTHS_BETWEEN_RECORDS) if last else None
    if due is not None and due >= today:
        return
    yield Reminder(
        number=None,
        title="Extensions",
        status=None,
        kind="extensions-unrecorded",
        since=add_days(due, 1) if due else None,
        reason=f"the last record is of {last}" if last else "there is no record of their state",
        role="editor",
        names=process.editors,
        action=f"keep the next one in {SNAPSHOT_DIRECTORY}",
        command=f"fep extensions report --format json --output {SNAPSHOT_DIRECTORY}{today}.json",
        commit=None,
    )


def _months_after(day: date, months: int) -> date:
    """Return the same day of a later month, or its last day: 31 August -> 28 February."""
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    if year > date.max.year:
        return date.max
    return date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
