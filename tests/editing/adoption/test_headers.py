"""Headers with their kinds, inferred from texts."""

from __future__ import annotations

import pytest

from fep_tools.editing.adoption.headers import infer_headers, InferredHeader
from fep_tools.proposals.preamble import Preamble


def headers_of(*texts: str) -> dict[str, InferredHeader]:
    """Return the headers of *texts*, whose numbers are 1, 2, 3, by name."""
    preambles = [Preamble.parse(text, "rfc2822") for text in texts]
    headers = infer_headers(preambles, range(1, len(texts) + 1))
    return {header.name: header for header in headers}


def one(name: str, *values: str) -> InferredHeader:
    """Return the header *name* of proposals with *values*."""
    return headers_of(*(f"Title: A\n{name}: {value}\n" for value in values))[name]


KINDS = [
    ("Author", ["Ada <a@example.org>"], "people", "authors"),
    ("Created", ["2024-01-02"], "date", "created"),
    ("creation-date", ["2024-01-02"], "date", "created"),
    ("Status", ["Draft"], "choice", "status"),
    ("Requires", ["1, 2"], "numbers", "requires"),
    ("SupersededBy", ["7, 8"], "numbers", "superseded_by"),
    ("supersedes", ["0001", "TIP-0002"], "numbers", "replaces"),
    ("ROS-Version", ["1.0"], "version", "version"),
    ("Python-Version", ["3.1, 3.2"], "versions", "version"),
    ("Post-History", ["2024-01-02, 2024-02-03"], "records", "posts"),
    ("Resolution", ["https://example.org/1"], "record", "resolution"),
    ("Resolution", ["accepted on the list", "by vote"], "text", None),
    ("Discussions-To", ["https://example.org/1"], "url", "discussion"),
    ("Discussions-To", ["list@example.org", "https://example.org"], "text", None),
    ("Last-Modified", ["2024-01-02", "2024-01-03"], "date", None),
    ("Tracker", ["https://example.org/1", "https://example.org/2"], "url", None),
    ("Contact", ["the list", "somebody"], "text", None),
]


@pytest.mark.parametrize(
    ("name", "values", "kind", "role"), KINDS, ids=[f"{row[0]}: {row[1][0]}" for row in KINDS]
)
def test_kinds_and_roles(name: str, values: list[str], kind: str, role: str | None) -> None:
    header = one(name, *values)
    assert (header.kind, header.role) == (kind, role)


def test_the_number_is_the_header_that_has_the_number_of_the_file() -> None:
    found = headers_of("TIP: 1\nTitle: A\nLevel: 7\n", "TIP: 002\nTitle: B\nLevel: 7\n")
    assert (found["TIP"].role, found["TIP"].leading_zeros) == ("number", True)
    assert found["Level"].role is None


@pytest.mark.parametrize(
    ("value", "date_format", "formats"),
    [
        ("01-Feb-2024", "DD-mmm-YYYY", ("{date}",)),
        ("2024-02-01", "YYYY-MM-DD", ("{date}",)),
        ("`01-Feb-2024 <https://x.org/1>`__, 02-Feb-2024, 03-Feb-2024", "DD-mmm-YYYY",
         ("{date}", "`{date} <{url}>`__")),
        ("2024-02-01 https://x.org/1", "YYYY-MM-DD", ("{date} {url}",)),
    ],
)  # fmt: skip
def test_records(value: str, date_format: str, formats: tuple[str, ...]) -> None:
    header = one("Post-History", value)
    assert (header.date_formats, header.record_formats) == ((date_format,), formats)


def test_records_with_dates_of_two_forms() -> None:
    header = one(
        "Post-History", "28-Feb-2012", "01-Feb-2012, 02-Feb-2012", "6-Feb-2012, 8-Feb-2012"
    )
    assert header.date_formats == ("DD-mmm-YYYY", "D-mmm-YYYY")
    assert (header.kind, header.record_formats) == ("records", ("{date}",))


@pytest.mark.parametrize(
    ("values", "kind"), [(["3.1", "3.2, 3.x"], "versions"), (["1.0", "Fuerte", "Groovy"], "text")]
)
def test_versions(values: list[str], kind: str) -> None:
    assert one("Python-Version", *values).kind == kind


def test_headers_without_a_value_are_counted() -> None:
    found = headers_of(*["Title: A\nPost-History:\n"] * 2, "Title: A\nPost-History: 2024-01-02\n")
    assert (found["Post-History"].empty, found["Title"].empty) == (2, 0)


def test_other_spellings_are_former_names() -> None:
    found = headers_of(*["Title: A\nLast-Edited: x\n"] * 2, "Title: A\nLast edited: x\n")
    assert found["Last-Edited"].formerly == ("Last edited",)


def test_a_name_of_one_proposal_is_left_out_unless_it_is_well_known() -> None:
    found = headers_of("Title: A\nTypo: x\nRequires: 2\n", "Title: B\n")
    assert list(found) == ["Title", "Requires"]


def test_a_name_on_several_lines_is_left_out() -> None:
    preambles = [Preamble.parse('---\ntitle: A\n"a\\nb": c\n---\n', "yaml")] * 2
    assert [header.name for header in infer_headers(preambles, (1, 2))] == ["title"]


def test_a_role_belongs_to_the_most_frequent_header() -> None:
    found = headers_of(*["Title: A\nDate: 2024-01-02\n"] * 2, "Title: A\nCreated: 2024-01-02\n")
    assert (found["Date"].role, found["Created"].role) == ("created", None)


@pytest.mark.parametrize(
    ("values", "formats"),
    [
        (["2024/01/02"] * 3 + ["2024-01-02"] * 2, ("YYYY/MM/DD", "YYYY-MM-DD")),
        (["08-Feb-2012"] * 3 + ["8-Feb-2012"] * 2, ("DD-mmm-YYYY", "D-mmm-YYYY")),
        (["18-Feb-2012"] * 3 + ["8-Feb-2012"] * 2, ("D-mmm-YYYY",)),
        (["30-Aug-2012"] * 3 + ["18 Mar 2013"] * 2, ("DD-mmm-YYYY", "D mmm YYYY")),
        (["2013 October 11", "2013 May 1"], ("YYYY Month D",)),
        (["2024-01-02", "2024-01-03", "2024/01/04"], ("YYYY-MM-DD",)),
        (["some day"], ("YYYY-MM-DD",)),
    ],
)
def test_forms_of_dates(values: list[str], formats: tuple[str, ...]) -> None:
    assert one("Created", *values).date_formats == formats


@pytest.mark.parametrize(
    ("values", "words", "trailing"),
    [
        (["Adopted", "Adopted (2009/03/16)", "Adopted on 2011-12-15"], {"Adopted": 3}, 2),
        (["Final", "Final — see 7", "Withdrawn (see 8)"], {"Final": 2, "Withdrawn": 1}, 2),
        (["Superseded by :ref:`rfc23`", "Passed and Implemented"],
         {"Superseded": 1, "Passed": 1}, 2),
        (["Discussion Draft", "Under Review", "April Fool!"],
         {"Discussion Draft": 1, "Under Review": 1, "April Fool!": 1}, 0),
        (["Final", "Final, at last"], {"Final": 1, "Final, at last": 1}, 0),
        (["Accepted via [#7](https://example.org)", "Accepted via [#8](https://example.org)"],
         {"Accepted": 2}, 2),
        (["Accepted.", "Accepted."], {"Accepted.": 2}, 0),
    ],
)  # fmt: skip
def test_text_after_a_status(values: list[str], words: dict[str, int], trailing: int) -> None:
    header = one("Status", *values)
    assert (dict(header.values), header.trailing_text) == (words, trailing)


def test_links_in_numbers() -> None:
    assert one("Replaces", "1, 2", "3").linked_numbers is False
    assert one("Replaces", ":ref:`NEP1`").linked_numbers is True


def test_headers_that_several_proposals_repeat() -> None:
    twice = "Title: A\nAuthor: Ada\nAuthor: Bob\nCreated: 2024-01-02\nCreated: 2024-01-03\n"
    found = headers_of(twice, twice)
    assert [name for name, header in found.items() if header.is_repeated] == ["Author"]
    assert not headers_of(twice, "Title: B\nAuthor: Ada\n")["Author"].is_repeated


def test_author_and_authors_are_one_header() -> None:
    found = headers_of(*["Title: A\nAuthor: Ada\n"] * 2, "Title: A\nAuthors: Ada, Bob\n")
    assert found["Author"].formerly == ("Authors",)
    assert "Authors" not in found


def test_a_title_that_few_have_is_no_title() -> None:
    few = headers_of("Title: A\nStatus: Draft\n", *["Status: Draft\nAuthor: Ada\n"] * 3)
    assert "Title" not in few
    some = headers_of(*["Title: A\nStatus: Draft\n"] * 2, *["Status: Draft\nAuthor: Ada\n"] * 3)
    assert some["Title"].role is None


@pytest.mark.parametrize(
    ("people", "is_by_line"),
    [
        (["Ada, A Society", "Grace, US Navy"], True),
        (["Ada ([@ada](https://example.org)), A Society", "Grace, US Navy"], True),
        (["Ada,", "Grace,", "Linus"], False),
        (["Ada, Grace,", "Linus, Guido"], False),
        (["Ada", "Grace"], False),
        (["Ada, bob@example.org", "Grace, Bob <bob@example.org>"], False),
        (["Ada, Grace"], False),
    ],
)
def test_text_after_people(people: list[str], is_by_line: bool) -> None:
    value = "\n    ".join(people)
    header = one("Author", value, value)
    assert (header.is_by_line, header.trailing_text) == (is_by_line, 2 * is_by_line)


@pytest.mark.parametrize(
    ("values", "count"),
    [
        (["@ada, Bob Smith", "@eve", "Ada Lovelace (@ada)"], 2),
        (["Ada <ada@example.org>", "Ada @ada"], 0),
    ],
)
def test_handles_that_stand_for_people(values: list[str], count: int) -> None:
    assert one("Authors", *values).bare_handles == count
