"""Which texts are names, which are names of groups, and the parts of personal names."""

from __future__ import annotations

import pytest

from fep_tools.proposals.fields.names import (
    is_group,
    is_name,
    PersonalName,
    split_name,
    split_suffix,
)


@pytest.mark.parametrize(
    "name",
    [
        "Ada",
        "O",
        "काव्य राय",  # vowel signs and a virama
        "สมชาย ดี",
        "கவிதா",
        "مُحَمَّد",  # vocalised
        "Rene\u0301 Nin\u0303o",  # decomposed
        "Col·la Roig",
        "玛丽·居里",
        "ジャン・ピエール",
        "བཀྲ་ཤིས་",
        "علی\u200cرضا",
        "ක්\u200dරිශාන්",
        "יוסי\u200f",
        "!Xóõ",
        "Panic! at",
        "R2 D2",
        "100rabh",
        "Jon 3rd",
        "O'Brien",
        "O’Brien",
        "O`Brien",
        "Oʼahu",
        "’t Hooft",
        "Oscar de la Hoya",
        "María del Carmen",
        "Guido van Rossum",
        "Sam Roe, Jr.",
        "Sam Roe, PhD",
        "Robert (Bob) Smith",
        'Patrick "Pat" Neil',
        "Patrick “Pat” Neil",
        "Jean‑Paul Sartre",
        "Smith & Sons",
        "foo_bar",
        "Ph. D. Smith",
    ],
)
def test_names(name: str) -> None:
    assert is_name(name)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "42",
        "7 8",
        "...",
        "!",
        "·",
        "\u0301",
        "Ada <ada",
        "Ada; Bob",
        "Ada, Bob",
        "ada@example.org",
        "https://example.org",
        "Ada/Bob",
        "*Ada*",
        "Ada\x07",
        "Ada\u202eBob",
        "$ada",
        "[Ada]",
    ],
)
def test_other_texts(text: str) -> None:
    assert not is_name(text)


@pytest.mark.parametrize(
    "name",
    [
        "FEP editors",
        "The Flask Team",
        "Steering Council",
        "Python Packaging Authority Members",
        "Pallets Contributors",
        "Django Software Foundation",
        "Acme Labs, Inc.",
        "Smith & Sons",
        "FEP 7 people",
        "the authors",
        "Équipe Flask",
    ],
)
def test_groups(name: str) -> None:
    assert is_group(name, frozenset({"fep"}))


@pytest.mark.parametrize(
    "name", ["Ada Lovelace", "Theodora The", "Ada", "Team", "Thea Grouper", "!Xóõ", "Fepson Smith"]
)
def test_persons(name: str) -> None:
    assert is_group(name, frozenset({"fep"})) == (name == "Team")


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", ("Ada", "", "Lovelace", "")),
        ("Guido van Rossum", ("Guido", "van", "Rossum", "")),
        ("Oscar de la Hoya", ("Oscar", "de la", "Hoya", "")),
        ("María del Carmen Pérez", ("María", "del", "Carmen Pérez", "")),
        ("Sam B. Roe, Jr.", ("Sam B.", "", "Roe", "Jr.")),
        ("de la Cruz", ("", "de la", "Cruz", "")),
        ("bell hooks", ("bell", "", "hooks", "")),
        ("Rene\u0301 Nin\u0303o", ("Rene\u0301", "", "Nin\u0303o", "")),
    ],
)
def test_parts_of_a_name(name: str, parts: tuple[str, ...]) -> None:
    assert split_name(name) == PersonalName(*parts)


@pytest.mark.parametrize("name", ["Ada", "काव्य राय", "玛丽·居里", "Лев Толстой", "Ada (of FEP)"])
def test_names_that_have_no_known_parts(name: str) -> None:
    assert split_name(name) is None


@pytest.mark.parametrize(
    ("text", "name", "suffix"),
    [
        ("Sam Roe", "Sam Roe", ""),
        ("Sam Roe, Jr.", "Sam Roe", "Jr."),
        ("Sam Roe , Jr.", "Sam Roe", "Jr."),
        ("Sam B. Roe Jr.", "Sam B. Roe", "Jr."),
    ],
)
def test_a_suffix_is_split_from_its_name(text: str, name: str, suffix: str) -> None:
    assert split_suffix(text) == (name, suffix)
