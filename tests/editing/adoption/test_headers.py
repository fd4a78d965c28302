"""Dialects, and headers with their kinds, inferred from texts."""

from __future__ import annotations

import pytest

from fep_tools.editing.adoption.headers import infer_dialect, infer_headers, InferredHeader
from fep_tools.proposals.preamble import Preamble


def headers_of(*texts: str) -> dict[str, InferredHeader]:
    """Return the headers of *texts*, whose numbers are 1, 2, 3, by name."""
    preambles = [Preamble.parse(text, "rfc2822") for text in texts]
    headers = infer_headers(preambles, range(1, len(texts) + 1))
    return {header.name: header for header in headers}


def one(name: str, *values: str) -> InferredHeader:
    """Return the header *name* of proposals with *values*."""
    return headers_of(*(f"Title: A\n{name}: {value}\n" for value in values))[name]


def test_dialects() -> None:
    fields = "===\nA b\n===\n\n:Author: Ada\n:Status: Draft\n"
    headers = "TIP: 1\nTitle: A\nStatus: Draft\n"
    assert infer_dialect([fields, fields, headers])[0] == "field-list"
    assert infer_dialect([fields, headers, headers])[0] == "rfc2822"


KINDS = [
    ("Author", ["Ada <a@example.org>"], "people", "authors"),
    ("Created", ["2024-01-02"], "date", "created"),
    ("Status", ["Draft"], "choice", "status"),
    ("Requires", ["1, 2"], "numbers", "requires"),
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
    assert (header.date_format, header.record_formats) == (date_format, formats)


def test_other_spellings_are_former_names() -> None:
    found = headers_of(*["Title: A\nLast-Edited: x\n"] * 2, "Title: A\nLast edited: x\n")
    assert found["Last-Edited"].formerly == ("Last edited",)


def test_a_name_of_one_proposal_is_left_out_unless_it_is_well_known() -> None:
    found = headers_of("Title: A\nTypo: x\nRequires: 2\n", "Title: B\n")
    assert list(found) == ["Title", "Requires"]


def test_a_role_belongs_to_the_most_frequent_header() -> None:
    found = headers_of(*["Title: A\nDate: 2024-01-02\n"] * 2, "Title: A\nCreated: 2024-01-02\n")
    assert (found["Date"].role, found["Created"].role) == ("created", None)
