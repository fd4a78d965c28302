"""Citations, read back by a BibTeX parser and as JSON."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from bibtexparser.entrypoint import parse_string

from fep_tools.catalog.exports import citations
from fep_tools.catalog.model import Author, CatalogEntry
from fep_tools.process.model import Process

ENTRY = CatalogEntry(
    number=11,
    title="Blueprints",
    status="Final",
    path="proposals/fep-0011.rst",
    authors=(Author(name="Ada Lovelace"), Author(name="Bob", handle="bob")),
    created=date(2025, 3, 9),
    abstract="What.",
)
URL = "https://example.org/fep-0011/"
HOSTILE = "\\input{/etc/passwd}}\n@misc{evil,\u202e\x1b title = {100% $x_1$ & #~^"


def read(text: str) -> dict[str, Any]:
    """Return the only entry in *text*, with its type and key."""
    library = parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    return {"type": entry.entry_type, "key": entry.key, **fields}


def test_bibtex(process: Process) -> None:
    assert read(citations.bibtex(ENTRY, process, URL)) == {
        "type": "misc",
        "key": "fep-0011",
        "author": "Ada Lovelace and Bob",
        "title": "{Blueprints}",
        "howpublished": "Flask Enhancement Proposal 11",
        "year": "2025",
        "month": "mar",
        "url": URL,
        "note": "Status: Final",
    }


def test_missing_values_are_left_out(process: Process) -> None:
    bare = CatalogEntry(number=7, title="Views", path="p")
    assert set(read(citations.bibtex(bare, process))) == {"type", "key", "title", "howpublished"}
    (item,) = json.loads(citations.csl([bare], process, {}))
    assert set(item) == {"id", "type", "title", "genre", "number", "collection-title"}


def test_a_hostile_title_closes_no_brace(process: Process) -> None:
    entry = ENTRY.model_copy(update={"title": HOSTILE})
    text = citations.bibtex(entry, process, "https://example.org/{}}")
    fields = read(text)
    assert fields["title"] == (
        r"{\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{}\textbraceright{} "
        r"@misc\textbraceleft{}evil, title = \textbraceleft{}100\% \$x\_1\$ \& \#"
        r"\textasciitilde{}\textasciicircum{}}"
    )
    assert fields["url"] == "https://example.org/%7B%7D%7D"
    assert text.isprintable() is False
    assert {c for c in text if not c.isprintable()} == {"\n"}


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Ada Lovelace", "Ada Lovelace"),
        ("Ada and Bob", "{Ada and Bob}"),
        ("Ada AND Bob", "{Ada AND Bob}"),
        ("Lovelace, Ada", "{Lovelace, Ada}"),
        ("Anderson Sandy", "Anderson Sandy"),
        ("R&D", r"R\&D"),
        ("Sam Roe, Jr.", "Roe, Jr., Sam"),
        ("Sam B. Roe Jr.", "Roe, Jr., Sam B."),
        ("Sam Roe , Jr.", "Roe, Jr., Sam"),
        ("Sam van Roe III", "van Roe, III, Sam"),
        ("Sam Jr.", "Sam Jr."),
        ("Nguyen Van Vi", "Nguyen Van Vi"),
        ("Sam van Roe, PhD", "van Roe, PhD, Sam"),
        ("Roe, Jr.", "{Roe, Jr.}"),
        ("Guido van Rossum", "Guido van Rossum"),
        ("Rene\u0301 Nin\u0303o", "Rene\u0301 Nin\u0303o"),
        ("علی\u200cرضا", "علی\u200cرضا"),
        ("foo_bar", r"foo\_bar"),
    ],
)
def test_a_name_stays_one_name(process: Process, name: str, written: str) -> None:
    entry = ENTRY.model_copy(update={"authors": (Author(name=name), Author(name="Bob"))})
    assert read(citations.bibtex(entry, process))["author"] == f"{written} and Bob"


@pytest.mark.parametrize(
    ("name", "written"),
    [("FEP editors", "{FEP editors}"), ("Roe & Sons, Jr.", r"{Roe \& Sons, Jr.}")],
)
def test_a_group_is_no_person(process: Process, name: str, written: str) -> None:
    authors = (Author(name=name, is_group=True), Author(name="Bob"))
    entry = ENTRY.model_copy(update={"authors": authors})
    assert read(citations.bibtex(entry, process))["author"] == f"{written} and Bob"
    (item,) = json.loads(citations.csl([entry], process, {}))
    assert item["author"] == [{"literal": name}, {"literal": "Bob"}]


@pytest.mark.parametrize(
    ("name", "parts"),
    [
        ("Ada Lovelace", {"family": "Lovelace", "given": "Ada"}),
        (
            "Guido van Rossum",
            {"family": "Rossum", "given": "Guido", "non-dropping-particle": "van"},
        ),
        ("Sam Roe, Jr.", {"family": "Roe", "given": "Sam", "suffix": "Jr."}),
        ("Sam B. Roe Jr.", {"family": "Roe", "given": "Sam B.", "suffix": "Jr."}),
        ("Лев Толстой", {"literal": "Лев Толстой"}),
    ],
)
def test_csl_names_have_parts(process: Process, name: str, parts: dict[str, str]) -> None:
    entry = ENTRY.model_copy(update={"authors": (Author(name=name),)})
    (item,) = json.loads(citations.csl([entry], process, {}))
    assert item["author"] == [parts]


@pytest.mark.parametrize(
    ("created", "year", "month"),
    [
        (date(2025, 1, 31), "2025", "jan"),
        (date(2025, 12, 1), "2025", "dec"),
        (date(33, 4, 3), "0033", "apr"),
        (None, None, None),
    ],
)
def test_the_date_of_a_citation(
    process: Process, created: date | None, year: str | None, month: str | None
) -> None:
    fields = read(citations.bibtex(ENTRY.model_copy(update={"created": created}), process))
    assert (fields.get("year"), fields.get("month")) == (year, month)


def test_the_key_depends_on_the_number_alone(process: Process) -> None:
    changed = {"title": "Other", "status": "Draft", "created": None, "authors": ()}
    other = ENTRY.model_copy(update=changed)
    assert read(citations.bibtex(other, process))["key"] == "fep-0011"
    (item,) = json.loads(citations.csl([other], process, {}))
    assert item["id"] == "fep-0011"


def test_a_title_of_several_lines_becomes_one(process: Process) -> None:
    entry = ENTRY.model_copy(update={"title": "A\n  long\ttitle"})
    assert read(citations.bibtex(entry, process))["title"] == "{A long title}"


def test_csl(process: Process) -> None:
    (item,) = json.loads(citations.csl([ENTRY], process, {11: URL}))
    assert item == {
        "id": "fep-0011",
        "type": "report",
        "title": "Blueprints",
        "author": [{"family": "Lovelace", "given": "Ada"}, {"literal": "Bob"}],
        "issued": {"date-parts": [[2025, 3, 9]]},
        "genre": "Flask Enhancement Proposal",
        "number": "11",
        "collection-title": "Flask Enhancement Proposals",
        "status": "Final",
        "abstract": "What.",
        "URL": URL,
    }


def test_csl_of_a_hostile_title_is_plain_data(process: Process) -> None:
    entry = ENTRY.model_copy(update={"title": f"</script>{HOSTILE}"})
    text = citations.csl([entry], process, {})
    assert text.isascii()
    (item,) = json.loads(text)
    assert item["title"].startswith("</script>\\input")
    assert item["title"].isprintable()


def test_people_upstream_are_no_authors(process: Process) -> None:
    entry = ENTRY.model_copy(update={"upstream_authors": (Author(name="Grace Hopper"),)})
    for text in (citations.bibtex(entry, process), citations.csl([entry], process, {})):
        assert "Lovelace" in text
        assert "Hopper" not in text
