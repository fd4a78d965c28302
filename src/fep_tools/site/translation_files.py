"""The files of translators, compiled without a file.

Sphinx would write what it compiles among the sources, and in a second build of one process would
still speak as in the first. Translators are strangers: their files are read within limits, of
what is in their headers nothing is believed, and their texts are given to the same parser as the
text of proposals.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.locale import translators
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain

from .._cache import key
from .._files import MAX_FILE_BYTES
from . import i18n
from .project import PAGES

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from sphinx.application import Sphinx
    from sphinx.config import Config

MESSAGES = "LC_MESSAGES"

UNKNOWN = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Stands for a day that a file does not tell."""

logger = logging.getLogger(__name__)


def load_translations(app: Sphinx, config: Config) -> LoadedTranslations:
    """Compile what there is in the language of the build, and hand it to Sphinx."""
    folders = tuple(Path(app.srcdir, name) for name in config.locale_dirs)
    compiled: dict[str, bytes] = _own(config.language)
    for folder in reversed(folders):
        compiled |= _found(folder, config.language)
    for domain, data in compiled.items():
        translators["general", domain] = GNUTranslations(BytesIO(data))
    config.locale_dirs = []
    digests = {domain: key(data).hex() for domain, data in compiled.items()}
    return LoadedTranslations(folders, digests, config.gettext_compact)


@dataclass(frozen=True)
class LoadedTranslations:
    """Where translators' files are, and a digest of what is translated, by its domain."""

    folders: tuple[Path, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    compact: bool | str = True

    def of(self, page: str) -> str:
        """The digest of the translation of *page*; empty where there is none."""
        return self.digests.get(docname_to_domain(page, self.compact), "")


def names(language: str) -> tuple[str, ...]:
    """The folders that *language* may be in: its own, or that of the language it is a kind of."""
    return language, re.split("[_-]", language)[0]


def files(folder: Path, language: str) -> Iterator[tuple[str, Path]]:
    """What each file in *folder* translates, and the file."""
    place = folder / language / MESSAGES
    for path in sorted(place.rglob("*.po")):
        yield path.relative_to(place).with_suffix("").as_posix(), path


def read(path: Path) -> Catalog:
    """The file of a translator; :class:`ValueError` for what is none."""
    try:
        return _parsed(_text(path))
    except Exception as problem:  # whatever the reader raises is about this file alone
        raise ValueError(str(problem)) from None


def _told(path: Path) -> Catalog | None:
    """The file of a translator; nothing, and a warning, for what is none."""
    try:
        return read(path)
    except ValueError as problem:
        told = "%s: %s; it is left out"
        logger.warning(told, path, problem, type="fep", subtype="translation")
        return None


def _text(path: Path) -> str:
    if any(part.is_symlink() for part in (path, *list(path.parents)[:3])) or not path.is_file():
        raise ValueError("is not a regular file")
    with path.open("rb") as file:
        data = file.read(MAX_FILE_BYTES + 1)
    if len(data) > MAX_FILE_BYTES:
        raise ValueError("is too large")
    return data.decode()


def _parsed(text: str) -> Catalog:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import PoFileParser

    class Bounded(Catalog):
        num_plurals = 2

    catalog = Bounded(charset="utf-8", creation_date=UNKNOWN)
    PoFileParser(catalog).parse(StringIO(text))
    return catalog


def _found(folder: Path, language: str) -> dict[str, bytes]:
    some = next((name for name in names(language) if folder.joinpath(name).is_dir()), language)
    catalogs = ((domain, _told(path)) for domain, path in files(folder, some))
    return {domain: _compiled(catalog) for domain, catalog in catalogs if catalog is not None}


def _own(language: str) -> dict[str, bytes]:
    """Our own words, for the pages of a repository that has none."""
    path = i18n.file_of(language)
    if path is None:
        return {}
    data = _compiled(read(path))
    return {page.stem: data for page in sorted(PAGES.glob("*.rst"))}


def _compiled(catalog: Catalog) -> bytes:
    """What is translated, without doubt, of what has no plural; the same for the same."""
    from babel.messages.catalog import Catalog as Fresh
    from babel.messages.mofile import write_mo

    made = Fresh(creation_date=UNKNOWN, revision_date=UNKNOWN, charset="utf-8")
    for message in catalog:
        if message.id and isinstance(message.id, str) and message.string and not message.fuzzy:
            made.add(message.id, message.string)
    file = BytesIO()
    write_mo(file, made)
    return file.getvalue()
