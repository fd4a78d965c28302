"""Statuses that follow from the headers that are filled in, as those of GHC's proposals do."""

from __future__ import annotations

from datetime import date

import pytest

from fep_tools.editing.transition import StatusChange, transition_texts
from fep_tools.errors import FepError, ProcessError
from fep_tools.history import blobs
from fep_tools.process.loader import load_process, parse_process
from fep_tools.proposals.model import Corpus, Proposal

from ..communities import PROCESSES

GHC = load_process(PROCESSES / "ghc.toml")
PATH = "proposals/0054-kind-signatures.rst"


def proposal(headers: str) -> Proposal:
    return Proposal.parse(f"Kind signatures\n===============\n\n{headers}\n\nText.\n", GHC, PATH)


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        (".. author:: Ada", "Proposed"),
        (".. author:: Ada\n.. date-accepted::\n.. implemented::", "Proposed"),
        (".. date-accepted:: 2018-09-30\n.. implemented::", "Accepted"),
        (".. date-accepted:: some day", "Accepted"),
        (".. date-accepted:: 2018-09-30\n.. implemented:: 8.10", "Implemented"),
        ("", None),
        (".. contents::", None),
    ],
)
def test_the_first_status_that_fits(headers: str, status: str | None) -> None:
    found = proposal(headers)
    assert found.status == status
    values = blobs._parse_headers(found.text.encode(), GHC, blobs._header_keys(GHC))
    assert values.get("status") == status


def test_fep_transition_says_which_headers_decide() -> None:
    corpus = Corpus((proposal(".. author:: Ada\n.. date-accepted:: 2018-09-30"),))
    with pytest.raises(FepError) as caught:
        transition_texts(GHC, corpus, StatusChange(54, "Implemented", date(2026, 1, 1)))
    assert str(caught.value) == (
        "the status of a GHC follows from its headers; for Implemented, fill in 'implemented'"
    )


@pytest.mark.parametrize(
    ("old", "new", "at", "message"),
    [
        ('with = ["implemented"]\n', "", 'name = "Implemented"',
         "status 'Implemented' follows from no header; add 'with' or 'without'"),
        ('with = ["implemented"]', 'with = ["released"]', "released",
         ("status 'Implemented' names 'released', which is not defined; use author, co-author, "
          "date-accepted, date-amended, ticket-url, implemented or header")),
        ('name = "co-author"\nkind = "people"', 'name = "state"\nkind = "choice"\nrole = "status"',
         'without = ["date-accepted"]',
         "status 'Proposed': 'state' has the status; remove 'without'"),
    ],
)  # fmt: skip
def test_a_process_has_one_source_of_the_status(old: str, new: str, at: str, message: str) -> None:
    text = GHC.source[1].replace(old, new)
    line = next(n for n, line in enumerate(text.split("\n"), 1) if at in line)
    with pytest.raises(ProcessError) as caught:
        parse_process(text, "ghc.toml")
    assert str(caught.value) == f"ghc.toml:{line}: {message}"


def test_the_source_of_the_status_is_part_of_what_is_remembered() -> None:
    other = parse_process(GHC.source[1].replace('with = ["implemented"]', 'with = ["ticket-url"]'))
    assert blobs._reading(GHC) != blobs._reading(other)
