"""Citations, read again by a reader of BibTeX and as JSON."""

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
ADDRESS = "https://example.org/fep-0011/"
HOSTILE = "\\input{/etc/passwd}}\n@misc{evil,\u202e\x1b title = {100% $x_1$ & #~^"


def read(text: str) -> dict[str, Any]:
    """The only entry in *text*, with its type and its key."""
    library = parse_string(text)
    assert not library.failed_blocks
    (entry,) = library.entries
    fields = {name: field.value for name, field in entry.fields_dict.items()}
    return {"type": entry.entry_type, "key": entry.key, **fields}


def test_bibtex(process: Process) -> None:
    assert read(citations.bibtex(ENTRY, process, ADDRESS)) == {
        "type": "misc",
        "key": "fep-0011",
        "author": "Ada Lovelace and Bob",
        "title": "{Blueprints}",
        "howpublished": "Flask Enhancement Proposal 11",
        "year": "2025",
        "month": "mar",
        "url": ADDRESS,
        "note": "Status: Final",
    }


def test_what_is_not_known_is_left_out(process: Process) -> None:
    bare = CatalogEntry(number=7, title="Views", path="p")
    assert set(read(citations.bibtex(bare, process))) == {"type", "key", "title", "howpublished"}
    (item,) = json.loads(citations.csl([bare], process, {}))
    assert set(item) == {"id", "type", "title", "genre", "number", "collection-title"}


def test_a_hostile_title_ends_nothing(process: Process) -> None:
    entry = ENTRY.model_copy(update={"title": HOSTILE})
    text = citations.bibtex(entry, process, "https://example.org/{}}")
    found = read(text)
    assert found["title"] == (
        r"{\textbackslash{}input\textbraceleft{}/etc/passwd\textbraceright{}\textbraceright{} "
        r"@misc\textbraceleft{}evil, title = \textbraceleft{}100\% \$x\_1\$ \& \#"
        r"\textasciitilde{}\textasciicircum{}}"
    )
    assert found["url"] == "https://example.org/%7B%7D%7D"
    assert text.isprintable() is False
    assert {c for c in text if not c.isprintable()} == {"\n"}


@pytest.mark.parametrize("name", ["Ada and Bob", "Lovelace, Ada", "Ada AND Bob"])
def test_a_name_stays_one_name(process: Process, name: str) -> None:
    entry = ENTRY.model_copy(update={"authors": (Author(name=name), Author(name="Bob"))})
    assert read(citations.bibtex(entry, process))["author"] == f"{{{name}}} and Bob"


def test_csl(process: Process) -> None:
    (item,) = json.loads(citations.csl([ENTRY], process, {11: ADDRESS}))
    assert item == {
        "id": "fep-0011",
        "type": "report",
        "title": "Blueprints",
        "author": [{"literal": "Ada Lovelace"}, {"literal": "Bob"}],
        "issued": {"date-parts": [[2025, 3, 9]]},
        "genre": "Flask Enhancement Proposal",
        "number": "11",
        "collection-title": "Flask Enhancement Proposals",
        "status": "Final",
        "abstract": "What.",
        "URL": ADDRESS,
    }


def test_csl_of_a_hostile_title_is_data(process: Process) -> None:
    entry = ENTRY.model_copy(update={"title": f"</script>{HOSTILE}"})
    text = citations.csl([entry], process, {})
    assert text.isascii()
    (item,) = json.loads(text)
    assert item["title"].startswith("</script>\\input")
    assert item["title"].isprintable()
