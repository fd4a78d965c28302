"""How far the translations of proposals are, read from the ``.po`` files of a repository.

Files are where sphinx-intl puts them: ``locales/LANGUAGE/LC_MESSAGES/PAGE.po``. A translator's file
is untrusted: it is read within limits, and nothing in its header is relied on.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any, NamedTuple, TYPE_CHECKING

from .._decoding import decode_text
from .._files import read_file, Refusal
from ..proposals.discovery import find_below

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog

MESSAGES = "LC_MESSAGES"

NO_DATE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Stands for a date that a file does not give, because Babel would take today's."""


class TranslationFile(NamedTuple):
    """The file with the translation of a page.

    :param page: Its gettext domain: the path below ``LC_MESSAGES``, without the suffix.
    """

    language: str
    page: str
    path: Path


def find_translations(directories: Iterable[Path]) -> Iterator[TranslationFile]:
    """Yield the files in all languages; of two for one page, the one that counts is first."""
    for directory in directories:
        for language in sorted(path.parent.name for path in directory.glob(f"*/{MESSAGES}")):
            for page, path in po_files(directory, language):
                yield TranslationFile(language, page, path)


def po_files(directory: Path, language: str) -> Iterator[tuple[str, Path]]:
    """Yield the gettext domain and the path of each file for a language.

    A directory that is a link could lead anywhere. It stands for its files, with no domain, and
    :func:`read_po` refuses it.
    """
    top = directory / language / MESSAGES
    for path in (directory, top.parent, top):
        if path.is_symlink():
            yield "", path
            return
    for name in find_below(top.parent, MESSAGES, links=True):
        if name.endswith(".po"):
            yield name.removeprefix(f"{MESSAGES}/").removesuffix(".po"), top.parent / name


def read_po(path: Path) -> Catalog:
    """Read an untrusted ``.po`` file; see docs/security.rst, *sec-reading*.

    :raises ValueError: If it cannot be used.
    """
    text = _read_text(path)
    try:
        return _parse(text)
    except Exception as problem:  # Babel raises many kinds of errors for malformed files
        line = getattr(problem, "lineno", None)  # from 0
        where = "" if line is None else f"line {line + 1} "
        raise ValueError(f"{where}is not in the format of gettext") from None


def _read_text(path: Path) -> str:
    data = read_file(path.parent, path.name)
    if isinstance(data, Refusal):
        raise ValueError(data.message)
    text, refusal = decode_text(data)
    if refusal:
        raise ValueError(refusal.message)
    return text


def _parse(text: str) -> Catalog:
    from babel.messages.catalog import Catalog, Message
    from babel.messages.pofile import PoFileParser

    class BoundedCatalog(Catalog):
        # "Plural-Forms: nplurals=99999999" would make Babel allocate that many strings.
        # Arabic has six forms, and no language more.
        num_plurals = 6

        def __setitem__(self, id: Any, message: Message) -> None:
            # A repeated message gets the comments of the first one, which Babel compares with all
            # of its own each time: 500 KB could take minutes. Nothing here uses them.
            message.locations, message.auto_comments, message.user_comments = [], [], []
            if not id:  # the header; Babel takes minutes for one with 100,000 semicolons
                lines = re.findall(r"^POT-Creation-Date:.{,40}", str(message.string), re.I | re.M)
                message.string = "".join(lines[:1])
            super().__setitem__(id, message)

    catalog = BoundedCatalog(charset="utf-8", creation_date=NO_DATE)
    # Without abort_invalid, Babel prints warnings with lines of the file, as they are.
    PoFileParser(catalog, abort_invalid=True).parse(StringIO(text))
    return catalog


# Progress --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class TranslationProgress:
    """The state of the translation of one page.

    :param messages: The number of messages.
    :param translated: Of these, the number that are translated and not fuzzy.
    :param fuzzy: The number that changed since they were translated.
    :param date: The day of the original, from ``POT-Creation-Date``.
    """

    messages: int
    translated: int
    fuzzy: int
    date: datetime.date | None

    def is_outdated(self, modified: datetime.date | None) -> bool:
        """Return whether the original, last *modified* on a day, is newer than its translation."""
        is_newer = modified is not None and self.date is not None and modified > self.date
        return bool(self.fuzzy) or is_newer


ProgressByLanguage = Mapping[str, Mapping[str, TranslationProgress]]
"""Progress by language, then by page."""


def count_progress(directories: Iterable[Path], pages: Collection[str]) -> ProgressByLanguage:
    """Count what is translated of *pages*; of two files for one page, the first counts."""
    progress: dict[str, dict[str, TranslationProgress]] = {}
    for language, page, path in find_translations(directories):
        if page in pages:
            with suppress(ValueError):  # reported by the build in that language
                progress.setdefault(language, {}).setdefault(page, read_progress(path))
    return {language: progress[language] for language in sorted(progress) if progress[language]}


def read_progress(path: Path) -> TranslationProgress:
    """Return the progress of the translation in a file.

    :raises ValueError: It cannot be used.
    """
    return _count(read_po(path))


def _count(catalog: Catalog) -> TranslationProgress:
    messages = [message for message in catalog if message.id]
    created = catalog.creation_date
    has_date = isinstance(created, datetime.datetime) and created != NO_DATE
    return TranslationProgress(
        messages=len(messages),
        translated=sum(bool(message.string) and not message.fuzzy for message in messages),
        fuzzy=sum(message.fuzzy for message in messages),
        date=created.date() if has_date and isinstance(created, datetime.datetime) else None,
    )
