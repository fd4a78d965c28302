"""The site in other languages: its own words, and proposals that are translated."""

from __future__ import annotations

import re
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog
from babel.messages.catalog import Message
from babel.messages.pofile import read_po

from fep_tools.site import catalogue
from fep_tools.site import words

from .sites import Maker
from .sites import proposal
from .sites import Site

LANGUAGES = sorted(path.parent.parent.name for path in words.LOCALE.glob("*/LC_MESSAGES/*.po"))
CONF = 'html_theme = "fep"\nlanguage = "{}"\n'
FILES = {
    1: proposal(1, "First", Status="Active", Type="Process", Topic="Core"),
    2: proposal(2, "Second", Requires="1", body="Abstract\n========\n\nSee :fep:`1`.\n"),
}


def texts(message: Message) -> tuple[list[str], list[str]]:
    """A message and what stands for it, each with its plural forms."""
    ids, strings = message.id, message.string
    return (
        [ids] if isinstance(ids, str) else list(ids),
        [strings] if isinstance(strings, str) else list(strings or ()),
    )


def read(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def own(catalog: Catalog) -> dict[object, Message]:
    return {message.id: message for message in catalog if message.id}


# The catalogue -------------------------------------------------------------------------------


def test_the_template_has_every_message() -> None:
    """``make words`` makes it so."""
    assert own(read(catalogue.TEMPLATE)).keys() == own(catalogue.messages()).keys()


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_language_is_whole(language: str) -> None:
    path = words.file_of(language)
    assert path is not None
    known = own(read(path))
    assert known.keys() == own(read(catalogue.TEMPLATE)).keys()
    for message in known.values():
        assert not message.fuzzy
        assert all(texts(message)[1]), f"{message.id!r} is not translated"


def places(text: str) -> set[str]:
    return {name for _text, name, _format, _conversion in Formatter().parse(text) if name}


@pytest.mark.parametrize("language", LANGUAGES)
def test_translations_have_the_same_places(language: str) -> None:
    """A value that is left out is lost, and one that is not given stops the build."""
    path = words.file_of(language)
    assert path is not None
    for message in own(read(path)).values():
        ids, strings = texts(message)
        for string in strings:
            assert places(string) == places(ids[-1]), message.id


def test_french_is_set_as_the_french_do() -> None:
    path = words.file_of("fr")
    assert path is not None
    for message in own(read(path)).values():
        for string in texts(message)[1]:
            assert not re.search(r" [:;!?»]|« |[^\u202f][;!?]|'|[a-z}]:", string), string


def test_a_kind_of_a_language_is_that_language() -> None:
    assert words.file_of("fr_CA") == words.file_of("fr")
    assert words.file_of("xx") is None


# The site ------------------------------------------------------------------------------------


@pytest.fixture
def french(make_site: Maker) -> Site:
    site = make_site(FILES | {"conf.py": CONF.format("fr")})
    site.build()
    return site


def test_a_site_in_french(french: Site) -> None:
    page = french.page("fep-0002")
    assert page.all("html")[0]["lang"] == "fr"
    assert "Aller au texte" in page.text
    assert "À propos de cette FEP" in page.text
    assert "Précédente :" in page.text
    assert "Sur cette page" in page.text
    assert "Flask Enhancement Proposals par statut" in french.page("status").text
    assert "Au bout de combien de jours" in french.page("figures").text
    assert not french.warnings


def test_what_is_in_the_source_stays(french: Site) -> None:
    page = french.page("fep-0002")
    for word in ("Draft", "Process", "Author", "FEP 2: Second"):
        assert word in page.text


def test_another_language_is_another_site(french: Site) -> None:
    """Everything is written again, and nothing is left of the other."""
    french.write("conf.py", CONF.format("en"))
    french.build()
    at_once = french.beside("english")
    at_once.build()
    left = french.files().items() ^ at_once.files().items()
    assert all(name.startswith("_static/") for name, _data in left)  # which Sphinx leaves


def test_plural_forms(french: Site) -> None:
    assert '"2 propositions"' in french.html(".")
    assert '"1 proposition"' in french.html("status/active")
