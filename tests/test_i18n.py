"""Messages and their values."""

from __future__ import annotations

import pytest

from fep_tools._i18n import ENGLISH, gettext_noop, Translator


class Uppercase:
    """A catalog that "translates" to upper case."""

    def gettext(self, message: str) -> str:
        return message.replace("days", "DAYS")

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        return singular.upper() if count == 1 else plural.replace("days", "DAYS")


def test_values_are_filled_in_after_translation() -> None:
    translator = Translator(Uppercase)  # type: ignore[arg-type]
    assert translator.gettext("{count} days", count=3) == "3 DAYS"
    assert translator.ngettext("1 day", "{count} days", 1) == "1 DAY"


def test_a_message_without_values_may_have_braces() -> None:
    assert ENGLISH.gettext("{}") == "{}"


@pytest.mark.parametrize(("count", "text"), [(0, "0 of 5 days"), (1, "1 day"), (2, "2 of 5 days")])
def test_plural_forms(count: int, text: str) -> None:
    assert ENGLISH.ngettext("1 day", "{count} of {total} days", count, total=5) == text


def test_gettext_noop_returns_the_message() -> None:
    assert gettext_noop("and") == "and"
