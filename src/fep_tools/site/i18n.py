"""The language of a build: messages of the site, and links between the languages of a site.

Messages are in ``locale/LANGUAGE/LC_MESSAGES/fep_tools.po``, the layout that Babel and sphinx-intl
use. Texts of proposals and of the process are not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from gettext import GNUTranslations, NullTranslations
from html import escape
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import Any, TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translator, translators

from .._cache import key
from .._i18n import Translator
from .._text import join_words, quote, safe
from ..catalog.urls import relative
from ..errors import ConfigError

if TYPE_CHECKING:
    from sphinx.application import Sphinx

DOMAIN = "fep_tools"
"""The gettext domain of the site's own messages, which is the name of their catalog."""

LOCALE = Path(__file__).parent / "locale"

# sphinx.locale.get_translation would do for most messages, but it knows no plural forms and
# fills in values by position. Both it and this look the catalog up with get_translator.
translator = Translator(lambda: get_translator(DOMAIN))
"""The translator for the language of the running build."""

_ = translator.gettext
ngettext = translator.ngettext


def gettext_nodes(message: str, **values: nodes.Node) -> Iterator[nodes.Node]:
    """Translate a message whose values are nodes, as in ``"See {decision}."`` with a link."""
    for text, name, _format, _conversion in Formatter().parse(_(message)):
        if text:
            yield nodes.Text(text)
        if name:
            yield values[name]


def format_day(day: date, language: str) -> str:
    """Return a date as people write it: ``13 December 2026``, or ISO in an unknown language."""
    from babel import UnknownLocaleError
    from babel.dates import format_date

    try:
        return format_date(day, "d MMMM y", locale=language.replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return day.isoformat()


# Catalogs --------------------------------------------------------------------------------------


def set_language(language: str) -> None:
    """Use the catalog of *language* from now on, or English if there is none.

    Sphinx's ``add_message_catalog`` reads only compiled ``.mo`` files. The package has none,
    because its build backend cannot compile them; so the catalog is compiled in memory and put
    where Sphinx (8.2 to 9) keeps those that it has loaded.
    """
    translators["general", DOMAIN] = _load_catalog(language)


def catalog_path(language: str) -> Path | None:
    """Return the catalog of a language or of its base language: ``fr`` also serves ``fr_CA``."""
    names = (language, re.split("[_-]", language)[0])
    paths = (LOCALE / name / "LC_MESSAGES" / f"{DOMAIN}.po" for name in names)
    return next((path for path in paths if path.is_file()), None)


def catalog_digest(language: str) -> str:
    """Return a digest of the messages in *language*; pages with other messages are outdated."""
    path = catalog_path(language)
    return key(language, path.read_bytes() if path else b"").hex()


@cache
def messages(language: str) -> frozenset[str]:
    """Return all messages of the site in *language*, those that are not translated in English."""
    path = catalog_path(language)
    if path is None:
        return frozenset()
    from babel.messages.pofile import read_po

    found: set[str] = set()
    with path.open("rb") as file:
        for message in read_po(file):
            texts = message.string or message.id or ""
            found.update((texts,) if isinstance(texts, str) else texts)
    return frozenset(filter(None, found))


def _load_catalog(language: str) -> NullTranslations:
    path = catalog_path(language)
    if path is None:
        return NullTranslations()
    # Imported here, because an English build does not need Babel.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)


# Languages of a site ---------------------------------------------------------------------------


@dataclass(frozen=True)
class SiteLanguages:
    """The languages of a site.

    The first is at the top of the site, each other in a directory of its name. A page has the
    same path in each of them, so links between them need no look-up.

    :param codes: All languages, such as ``("en", "pt_BR")``.
    :param current: The one that is being built.
    """

    codes: tuple[str, ...]
    current: str

    @property
    def directory(self) -> str:
        """The directory of the current language below the top of the site: ``fr/``, or empty."""
        return self.directory_of(self.current)

    def directory_of(self, language: str) -> str:
        """Return the directory of *language*; empty for the first."""
        return f"{language}/" if language in self.codes[1:] else ""

    def links(self, path: str) -> list[tuple[str, str, str]]:
        """Return language tag, name and relative URL of a page in each other language."""
        return [
            (language_tag(language), language_name(language), self._relative(language, path))
            for language in self.codes
            if language != self.current
        ]

    def alternates(self, path: str, base: str) -> Iterator[str]:
        """Return the ``hreflang`` elements for the head of a page.

        :param base: The URL of the site in the current language; empty if it is unknown.
        """
        top = base.removesuffix(self.directory)
        for language in self.codes if len(self.codes) > 1 else ():
            absolute = f"{top}{self.directory_of(language)}{path}"
            href = escape(absolute if base else self._relative(language, path))
            hreflang = escape(language_tag(language))
            yield f'<link rel="alternate" hreflang="{hreflang}" href="{href}">'

    def template_context(
        self, path: str, base: str, context: Mapping[str, Any], *, is_listed: bool
    ) -> dict[str, Any]:
        """Return what a page's template gets about languages.

        :param context: What the template gets so far.
        :param is_listed: Whether search engines should find the page.
        """
        top = context.get("fep_top", "")
        alternates = self.alternates(path, base) if is_listed else ()
        return {
            "fep_languages": [(tag, name, f"{top}{url}") for tag, name, url in self.links(path)],
            "metatags": "\n".join([context.get("metatags", ""), *alternates]),
        }

    def _relative(self, language: str, path: str) -> str:
        # "status/" is the page status/index.html, and the way out of it starts there.
        start = f"{path}index.html" if path.endswith("/") or not path else path
        return relative(self.directory_of(language) + path, self.directory + start)


def read_languages(codes: Sequence[str], current: str) -> SiteLanguages:
    """Check the setting ``fep_languages``.

    :param current: The setting ``language``.
    :raises ConfigError: If a code is malformed, or the current language is not listed.
    """
    # A code becomes a directory of the output: "fr", "pt_BR", "zh-Hant", but never "../x".
    for code in codes:
        if not re.fullmatch("[A-Za-z]{2,3}([_-][A-Za-z0-9]{2,8})*", code):
            raise ConfigError(f'fep_languages has {quote(code)}; use a code such as "fr"')
    if codes and current not in codes:
        listed = join_words(map(quote, codes), "and")
        raise ConfigError(f"fep_languages has {listed}, but language is {quote(current)}")
    return SiteLanguages(tuple(dict.fromkeys(codes)), current)


def language_tag(language: str) -> str:
    """Return the BCP 47 tag of a language code: ``pt-BR`` for ``pt_BR``."""
    return language.replace("_", "-")


def language_name(language: str) -> str:
    """Return the name of a language in that language, or its code if Babel does not know it."""
    from babel import Locale, UnknownLocaleError

    try:
        name = Locale.parse(language_tag(language), sep="-").get_display_name()
    except (UnknownLocaleError, ValueError):
        name = None
    return name[:1].upper() + name[1:] if name else safe(language)


def _translate(message: str, **values: object) -> str:
    """Translate a message, in templates.

    The builders ``json`` and ``pickle`` store what templates get, and leave out functions; they
    fail on methods.
    """
    return _(message, **values)


def register(app: Sphinx) -> None:
    """Register the function that translates in templates.

    It is not called ``gettext`` or ``_``: Jinja's ``{% trans %}`` looks these up, and templates
    of other themes expect Sphinx's own catalog there.
    """

    def add_gettext(
        app: Sphinx, page: str, template: str, context: dict[str, object], tree: object
    ) -> None:
        context["fep_gettext"] = _translate

    app.connect("html-page-context", add_gettext)
