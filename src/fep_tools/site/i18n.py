"""The site's own words, in the language of the build.

They are in one catalogue; which of them is needed is known as soon as Sphinx has its settings.
What stands in proposals and in the process is not among them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from string import Formatter
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translator, translators

from .._cache import key
from .._i18n import Translator

if TYPE_CHECKING:
    from sphinx.application import Sphinx

CATALOGUE = "fep_tools"
LOCALE = Path(__file__).parent / "locale"

translator = Translator(lambda: get_translator(CATALOGUE))
"""The site's own words; a message is English, and stays so where there is no translation."""

_ = translator.gettext
ngettext = translator.ngettext


def speak(language: str) -> None:
    """From now on, say everything in *language*, as far as that is known."""
    translators["general", CATALOGUE] = _translations(language)


def file_of(language: str) -> Path | None:
    """The catalogue of *language*, or else of the language it is a kind of."""
    names = (language, re.split("[_-]", language)[0])
    found = (LOCALE / name / "LC_MESSAGES" / f"{CATALOGUE}.po" for name in names)
    return next((path for path in found if path.is_file()), None)


def digest(language: str) -> str:
    """What there is to be said in *language*, in short."""
    path = file_of(language)
    return key(language, path.read_bytes() if path else b"").hex()


def _translations(language: str) -> NullTranslations:
    path = file_of(language)
    if path is None:
        return NullTranslations()
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    compiled = BytesIO()
    with path.open("rb") as file:
        write_mo(compiled, read_po(file))
    compiled.seek(0)
    return GNUTranslations(compiled)


def register(app: Sphinx) -> None:
    """Let templates say something."""
    app.connect("html-page-context", _hand_on)


def _hand_on(
    app: Sphinx, page: str, template: str, context: dict[str, object], tree: object
) -> None:
    context["fep_gettext"] = _


def gettext_nodes(message: str, **parts: nodes.Node) -> Iterator[nodes.Node]:
    """*message* in this language, with *parts* in the places that have their names."""
    for text, name, _format, _conversion in Formatter().parse(_(message)):
        if text:
            yield nodes.Text(text)
        if name:
            yield parts[name]
