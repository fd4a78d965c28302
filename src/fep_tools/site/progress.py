"""How far translations are, counted in the files of the translators."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from .translation_files import files, MESSAGES, read, UNKNOWN

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog


@dataclass(frozen=True)
class Progress:
    """Of *count* messages, *done* are translated, and *doubtful* have changed since they were.

    *day* is that of the text which the file was made from.
    """

    count: int
    done: int
    doubtful: int
    day: datetime.date | None

    def is_stale(self, changed: datetime.date | None) -> bool:
        """Whether a text that was *changed* on that day is another than was translated."""
        later = changed is not None and self.day is not None and changed > self.day
        return bool(self.doubtful) or later


Translated = Mapping[str, Mapping[str, Progress]]
"""By language, then by page."""


def progress(folders: Iterable[Path], pages: Collection[str]) -> Translated:
    """What is translated of *pages*, by all files in *folders*; of two, the first one counts."""
    found: dict[str, dict[str, Progress]] = {}
    for folder in folders:
        for language in _languages(folder):
            for page, path in files(folder, language):
                if page in pages:
                    with suppress(ValueError):  # which the build in that language tells
                        counted = _counted(read(path))
                        found.setdefault(language, {}).setdefault(page, counted)
    return {language: found[language] for language in sorted(found)}


def _languages(folder: Path) -> Iterator[str]:
    return (path.parent.name for path in sorted(folder.glob(f"*/{MESSAGES}")))


def _counted(catalog: Catalog) -> Progress:
    messages = [message for message in catalog if message.id]
    known = catalog.creation_date if isinstance(catalog.creation_date, datetime.datetime) else None
    return Progress(
        count=len(messages),
        done=sum(bool(message.string) and not message.fuzzy for message in messages),
        doubtful=sum(message.fuzzy for message in messages),
        day=known.date() if known and known != UNKNOWN else None,
    )
