"""Translations of proposals and other pages, read from the ``.po`` files of a repository.

Files are where sphinx-intl puts them: ``locales/LANGUAGE/LC_MESSAGES/PAGE.po``. Sphinx would
compile each into a ``.mo`` file beside it, and then read that. Here nothing is written into the
repository, and ``.mo`` files are never read: a translator's file is untrusted. It is read within
limits, nothing in its header is relied on, and translated texts go through the same parser and
allow-list as the text of a proposal.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from gettext import GNUTranslations
from io import BytesIO, StringIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sphinx.locale import translators
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain

from .._cache import key
from .._files import decode_text, read_file, Refusal
from .i18n import catalog_path, DOMAIN

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from sphinx.application import Sphinx
    from sphinx.config import Config

PAGES = Path(__file__).parent / "pages"
"""The pages of a site whose repository has no ``index.rst`` of its own."""

MESSAGES = "LC_MESSAGES"

NO_DATE = datetime.datetime(2000, 1, 1, tzinfo=datetime.UTC)
"""Stands for a date that a file does not give, because Babel would take today's."""

logger = logging.getLogger(__name__)


# Extraction ------------------------------------------------------------------------------------

_UNDERLINE = re.compile(r"^([=~^-])\1+$")
_NO_MESSAGE = re.compile(r"\.\. |\||[ ]")
"""Matches blocks without messages: a directive, a substitution, an indented block."""


def extract_page(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, None, str, list[str]]]:
    """Extract the titles and paragraphs of a page in :data:`PAGES`; called by ``pybabel extract``.

    Babel has no extractor for reStructuredText. Sphinx's gettext builder has one, but makes a
    catalog for each page: five more files in each language, for a dozen messages.
    """
    line = 1
    for block in file.read().decode().split("\n\n"):
        if block.strip("\n") and not _NO_MESSAGE.match(block.lstrip("\n")):
            lines = [text for text in block.strip("\n").split("\n") if not _UNDERLINE.match(text)]
            yield line, None, " ".join(lines), []
        line += block.count("\n") + 2


# Loading ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class LoadedTranslations:
    """The translations that Sphinx uses in a build.

    :param directories: Those that ``locale_dirs`` names.
    :param digests: A digest of the translated messages, by gettext domain.
    :param gettext_compact: Sphinx's setting of that name. It decides which pages share a domain.
    """

    directories: tuple[Path, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    gettext_compact: bool | str = True

    def digest_of(self, page: str) -> str:
        """Return the digest of the translation of *page*; empty if there is none."""
        return self.digests.get(docname_to_domain(page, self.gettext_compact), "")


def load_translations(app: Sphinx, config: Config) -> LoadedTranslations:
    """Load the translations into the language of the build, and hand them to Sphinx."""
    directories = tuple(Path(app.srcdir, name) for name in config.locale_dirs)
    compiled = _compile_own_pages(config.language)
    for directory in reversed(directories):
        compiled |= _compile_directory(directory, config.language)
    for domain, data in compiled.items():
        # Sphinx's transform Locale looks here before it looks for .mo files.
        translators["general", domain] = GNUTranslations(BytesIO(data))
    config.locale_dirs = []
    digests = {domain: key(data).hex() for domain, data in compiled.items()}
    return LoadedTranslations(directories, digests, config.gettext_compact)


def _compile_directory(directory: Path, language: str) -> dict[str, bytes]:
    """Compile the files for a language, or for its base language (``fr`` for ``fr_CA``)."""
    names = (language, re.split("[_-]", language)[0])
    existing = next((name for name in names if directory.joinpath(name).is_dir()), language)
    compiled = {}
    for domain, path in _po_files(directory, existing):
        if domain in (DOMAIN, "sphinx"):
            # Labels of the site become parts of templates, with their markup.
            message = "%s: labels of the site cannot be translated here; the file is ignored"
            logger.warning(message, path, type="fep", subtype="translation")
            continue
        try:
            compiled[domain] = _compile(read_po(path))
        except ValueError as problem:
            message = "%s: %s; the file is ignored"
            logger.warning(message, path, problem, type="fep", subtype="translation")
    return compiled


def _compile_own_pages(language: str) -> dict[str, bytes]:
    """Compile the translation of :data:`PAGES`, which is part of the site's own catalog."""
    path = catalog_path(language)
    if path is None:
        return {}
    data = _compile(read_po(path))
    return {page.stem: data for page in sorted(PAGES.glob("*.rst"))}


def _po_files(directory: Path, language: str) -> Iterator[tuple[str, Path]]:
    """Return the gettext domain and the path of each file for a language."""
    top = directory / language / MESSAGES
    for path in sorted(top.rglob("*.po")):
        yield path.relative_to(top).with_suffix("").as_posix(), path


def read_po(path: Path) -> Catalog:
    """Read an untrusted ``.po`` file; see docs/security.rst, *sec-reading*.

    :raises ValueError: If it cannot be used.
    """
    try:
        return _parse(_read_text(path))
    except Exception as problem:  # Babel raises many kinds of errors for malformed files
        raise ValueError(str(problem)) from None


def _read_text(path: Path) -> str:
    # LANGUAGE/LC_MESSAGES/PAGE.po: read_file looks at the last part only, and a link in any
    # other could lead out of the repository as well.
    if any(parent.is_symlink() for parent in list(path.parents)[:3]):
        raise ValueError("is in a directory that is a link")
    data = read_file(path.parent, path.name)
    if isinstance(data, Refusal):
        raise ValueError(data.message)
    text, refusal = decode_text(data)
    if refusal:
        raise ValueError(refusal.message)
    return text


def _parse(text: str) -> Catalog:
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import PoFileParser

    class TwoPlurals(Catalog):
        # "Plural-Forms: nplurals=99999999" would make Babel allocate that many strings.
        # Sphinx translates paragraphs, which have no plural forms at all.
        num_plurals = 2

    catalog = TwoPlurals(charset="utf-8", creation_date=NO_DATE)
    PoFileParser(catalog).parse(StringIO(text))
    return catalog


def _compile(catalog: Catalog) -> bytes:
    """Compile the messages that are translated and not fuzzy, without the header.

    The result depends on the messages alone, so that its digest can tell whether they changed.
    """
    from babel.messages.catalog import Catalog as NewCatalog
    from babel.messages.mofile import write_mo

    kept = NewCatalog(creation_date=NO_DATE, revision_date=NO_DATE, charset="utf-8")
    for message in catalog:
        if message.id and isinstance(message.id, str) and message.string and not message.fuzzy:
            kept.add(message.id, message.string)
    file = BytesIO()
    write_mo(file, kept)
    return file.getvalue()


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
    for directory in directories:
        for language in sorted(path.parent.name for path in directory.glob(f"*/{MESSAGES}")):
            for page, path in _po_files(directory, language):
                if page in pages:
                    with suppress(ValueError):  # reported by the build in that language
                        counted = _count(read_po(path))
                        progress.setdefault(language, {}).setdefault(page, counted)
    return {language: progress[language] for language in sorted(progress)}


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
