"""Translate messages that the code shows to readers of the site.

Messages are written in English where they are used, with values in braces, as in
``translator.gettext("New {acronym}s by year", acronym="FEP")``. ``make messages`` collects them
with Babel, which finds them by the names of the functions: ``gettext``, ``ngettext``,
:func:`gettext_noop`, and ``_`` in :mod:`fep_tools.site`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from gettext import NullTranslations


@dataclass(frozen=True)
class Translator:
    """Messages in one language, with their values filled in.

    :param catalog: Returns the catalog to look messages up in. It is called for each message,
        because the language of a site is known only after its modules were imported.
    """

    catalog: Callable[[], NullTranslations] = NullTranslations

    def gettext(self, message: str, **values: object) -> str:
        """Return the translation of a message, with its values."""
        text = self.catalog().gettext(message)
        return text.format(**values) if values else text

    def ngettext(self, singular: str, plural: str, count: int, **values: object) -> str:
        """Return the plural form for *count*, which is also one of the values."""
        text = self.catalog().ngettext(singular, plural, count)
        return text.format(count=count, **values)


def gettext_noop(message: str) -> str:
    """Return *message* unchanged, marked for translation at a later call of ``gettext``."""
    return message


ENGLISH = Translator()
"""Messages as they are written in the code."""
