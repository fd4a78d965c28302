"""Translations of proposals and other pages, handed to Sphinx.

Sphinx would compile each ``.po`` file into a ``.mo`` file beside it, and then read that. Here
nothing is written into the repository, and ``.mo`` files are never read: a translator's file is
untrusted. Translated texts go through the same parser and allow-list as the text of a proposal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import IO, TYPE_CHECKING

from sphinx.locale import translators
from sphinx.util import logging
from sphinx.util.i18n import docname_to_domain

from .._cache import key
from .._text import quote, safe
from ..catalog.translations import NO_DATE, po_files, read_po
from ..errors import RepositoryError
from ..proposals.rst.allowlist import hidden_character
from .i18n import catalog_path, DOMAIN
from .setting_errors import shows_errors

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog
    from sphinx.application import Sphinx
    from sphinx.config import Config

PAGES = Path(__file__).parent / "pages"
"""The pages of a site whose repository has no ``index.rst`` of its own."""

_HARMLESS = dict.fromkeys(map(ord, "\r\u061c\u200e\u200f"))
"""Ends of lines, and the marks of direction that Arabic and Hebrew need."""

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
    :param replaced: The catalogs of extensions in whose place they are.
    """

    directories: tuple[Path, ...] = ()
    digests: Mapping[str, str] = field(default_factory=dict)
    gettext_compact: bool | str = True
    replaced: Mapping[tuple[str, str], NullTranslations] = field(default_factory=dict)

    def digest_of(self, page: str) -> str:
        """Return the digest of the translation of *page*; empty if there is none."""
        return self.digests.get(docname_to_domain(page, self.gettext_compact), "")


def load_translations(app: Sphinx, config: Config) -> LoadedTranslations:
    """Load the translations into the language of the build, and hand them to Sphinx."""
    directories = tuple(Path(app.srcdir, name) for name in config.locale_dirs)
    if config.fep_restricted and not shows_errors(app):
        _refuse_labels(directories)
    compiled = _compile_own_pages(config.language)
    for directory in reversed(directories):
        compiled |= _compile_directory(directory, config.language)
    names = [("general", domain) for domain in compiled]
    replaced = {name: translators[name] for name in names if name in translators}
    for domain, data in compiled.items():
        # Sphinx's transform Locale looks here before it looks for .mo files.
        translators["general", domain] = GNUTranslations(BytesIO(data))
    config.locale_dirs = []
    digests = {domain: key(data).hex() for domain, data in compiled.items()}
    return LoadedTranslations(directories, digests, config.gettext_compact, replaced)


def forget_translations(loaded: LoadedTranslations) -> None:
    """Take back what :func:`load_translations` gave to Sphinx, when all pages are read.

    Templates of a theme, or an extension, may have their labels in a catalog of the same name, and
    write them into pages with their markup: ``booktheme.po`` for one.
    """
    for domain in loaded.digests:
        translators.pop(("general", domain), None)
    translators.update(loaded.replaced)


def _refuse_labels(directories: Iterable[Path]) -> None:
    """Check that there are no labels of Sphinx's own: sphinx-build has loaded them by now.

    :raises RepositoryError: There are some. Anybody can propose them, and they have markup.
    """
    for directory in directories:
        for path in sorted(directory.glob("*/LC_MESSAGES/sphinx.[mp]o")):
            raise RepositoryError(
                f"{path}: sphinx-build writes its labels into pages as they are; remove it, or "
                "build the site with fep build"
            )


def _compile_directory(directory: Path, language: str) -> dict[str, bytes]:
    """Compile the files for a language, or for its base language (``fr`` for ``fr_CA``)."""
    names = (language, re.split("[_-]", language)[0])
    existing = next((name for name in names if directory.joinpath(name).is_dir()), language)
    compiled = {}
    for domain, path in po_files(directory, existing):
        shown = safe(str(path), None)
        if domain in (DOMAIN, "sphinx"):
            # Labels of the site become parts of templates, with their markup.
            message = "%s: labels of the site cannot be translated here; the file is ignored"
            logger.warning(message, shown, type="fep", subtype="translation")
            continue
        try:
            catalog = read_po(path)
            _leave_out_hidden(catalog, shown)
            compiled[domain] = _compile(catalog)
        except ValueError as problem:
            message = "%s: %s; the file is ignored"
            logger.warning(message, shown, problem, type="fep", subtype="translation")
    return compiled


def _leave_out_hidden(catalog: Catalog, path: str) -> None:
    """Leave out translations that people would read otherwise than they are written.

    The check reports such characters in the text of a proposal, and sees no translation.
    """
    for message in catalog:
        text = message.string if isinstance(message.string, str) else ""
        if character := hidden_character(text.translate(_HARMLESS)):
            values = path, quote(str(message.id)), ord(character)
            warning = "%s: the translation of %s has the invisible character U+%04X; it is left out"
            logger.warning(warning, *values, type="fep", subtype="translation")
            message.string = ""


def _compile_own_pages(language: str) -> dict[str, bytes]:
    """Compile the translation of :data:`PAGES`, which is part of the site's own catalog."""
    path = catalog_path(language)
    if path is None:
        return {}
    data = _compile(read_po(path))
    return {page.stem: data for page in sorted(PAGES.glob("*.rst"))}


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
