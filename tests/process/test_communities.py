"""The built-in processes of communities whose proposals are field lists below a label."""

from __future__ import annotations

import re
from datetime import date

import pytest

from fep_tools._text import join_words, leading_choice
from fep_tools.config import Settings
from fep_tools.diagnostics import CheckOptions
from fep_tools.editing.create import NewProposal, render_proposal
from fep_tools.editing.renumber import renumber
from fep_tools.editing.transition import StatusChange, transition_texts
from fep_tools.errors import ProcessError
from fep_tools.history import blobs
from fep_tools.lint import testing
from fep_tools.lint.registry import all_rules
from fep_tools.lint.runner import selected_rules
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process
from fep_tools.process.schema import Files, Transition
from fep_tools.process.source import BUILTIN_DIRECTORY
from fep_tools.proposals.model import Corpus, Proposal

NEP = load_process(BUILTIN_DIRECTORY / "nep.toml")
SLEP = load_process(BUILTIN_DIRECTORY / "slep.toml")

NEP_TEXT = """\
.. _NEP0091:

=====================
NEP 91 — Typed arrays
=====================

:Author: Ada Lovelace <ada@example.org>
:Author: Bob Smith, Eve
:Status: Superseded
:Type: Standards Track
:Created: 03-Mar-2021
:Replaces: :ref:`NEP30`, :ref:`NEP 31 <NEP31>`
:Replaced-By: NEP 92
:Resolution: https://mail.python.org/archives/list/numpy-discussion@python.org/thread/X7/

Abstract
--------

See :ref:`NEP30`, :class:`numpy.ndarray` and :pep:`484`.
"""

SLEP_TEXT = """\
.. _slep_091:

=======================
SLEP091: Typed features
=======================

:Author: Ada Lovelace
:Status: Withdrawn (superseded by :ref:`SLEP092 <slep_092>`)
:Type: Standards Track
:Created: 2021-03-03
:Resolution: https://github.com/scikit-learn/enhancement_proposals/pull/7

Abstract
########

Names as in `get_names`.
"""


def findings(path: str, text: str, process: Process) -> list[str]:
    found = testing.check_example(all_rules(), f"# {path}\n{text}", process)
    return [f"{d.code} {d.message}" for d in found if not d.code.startswith("L")]


def test_a_nep_is_read() -> None:
    path = "doc/neps/nep-0091-typed-arrays.rst"
    proposal = Proposal.parse(NEP_TEXT, NEP, path)
    assert (proposal.number, proposal.status) == (91, "Superseded")
    assert [p.name for p in proposal.value("authors")] == ["Ada Lovelace", "Bob Smith", "Eve"]
    assert proposal.value("created") == date(2021, 3, 3)
    assert proposal.numbers("replaces") == (30, 31)
    assert proposal.numbers("superseded_by") == (92,)
    assert not proposal.mistakes
    assert findings(path, NEP_TEXT, NEP) == []


def test_a_slep_is_read() -> None:
    path = "slep091/proposal.rst"
    proposal = Proposal.parse(SLEP_TEXT, SLEP, path)
    assert (proposal.number, proposal.status) == (91, "Withdrawn")
    assert not proposal.mistakes
    assert findings(path, SLEP_TEXT, SLEP) == []
    # A blank before the label makes it a quotation, which is empty.
    assert Proposal.parse(f" {SLEP_TEXT}", SLEP, path).status == "Withdrawn"


@pytest.mark.parametrize(
    ("process", "text", "before", "after", "message"),
    [
        (NEP, NEP_TEXT, "NEP 91 — Typed arrays", "NEP 91 - Typed arrays",
         'B032 the heading is "NEP 91 - Typed arrays"; write "NEP 91 — Typed arrays"'),
        (NEP, NEP_TEXT, "NEP 91 — Typed arrays", "NEP 90 — Typed arrays",
         'B032 the heading is "NEP 90 — Typed arrays"; write "NEP 91 — Typed arrays"'),
        (SLEP, SLEP_TEXT, "SLEP091: Typed", "SLEP: 91 Typed",
         'B032 the heading is "SLEP: 91 Typed features"; write "SLEP091: 91 Typed features"'),
        (NEP, NEP_TEXT, ":Type: Standards", ":Type: Standards Track\n:Type: Standards",
         "H003 'Type' is already on line 10; remove this one"),
        (SLEP, SLEP_TEXT, "Withdrawn (", "Withdrawal",
         ("H104 'Status' is \"Withdrawalsuperseded by :ref:`SLEP092 <slep_092>`)\"; "
          f"write {join_words(status.name for status in SLEP.statuses)}")),
        (SLEP, SLEP_TEXT, "Withdrawn (", "withdrawn (",
         "H104 'Status' is \"withdrawn\"; write Withdrawn"),
        (NEP, NEP_TEXT, "03-Mar-2021", "3 March 2021",
         "H103 'Created' is \"3 March 2021\"; write 2021-03-03"),
        (NEP, NEP_TEXT, ":Replaced-By: NEP 92", ":Replaced-By: the next one",
         "H101 'Replaced-By' is \"the next one\"; write a number from 0 to 9999999, such as 12"),
    ],
)  # fmt: skip
def test_mistakes_are_found(
    process: Process, text: str, before: str, after: str, message: str
) -> None:
    path = {"NEP": "doc/neps/nep-0091-typed-arrays.rst", "SLEP": "slep091/proposal.rst"}
    assert before in text
    assert message in findings(path[process.acronym], text.replace(before, after), process)


def test_what_changed_in_the_template_of_neps_is_accepted() -> None:
    text = NEP_TEXT.replace(":Status:", ":Date: 2010-12-20\n:Date: 2011-07-08\n:Status:")
    assert findings("doc/neps/nep-0091-typed-arrays.rst", text, NEP) == []
    codes = {rule.code for rule in selected_rules(CheckOptions(date.today()), Settings(), NEP)}
    assert "B011" not in codes


def test_history_reads_joined_headers_and_words_of_statuses() -> None:
    # The values of all versions, which the timelines are made of.
    keys = blobs._header_keys(NEP)
    values = blobs._parse_headers(NEP_TEXT.encode(), NEP, keys)
    assert values["authors"] == "Ada Lovelace <ada@example.org>, Bob Smith, Eve"
    values = blobs._parse_headers(SLEP_TEXT.encode(), SLEP, blobs._header_keys(SLEP))
    assert values["status"] == "Withdrawn"
    odd = SLEP_TEXT.replace("Withdrawn (", "Frozen (").encode()
    values = blobs._parse_headers(odd, SLEP, blobs._header_keys(SLEP))
    assert str(values["status"]).startswith("Frozen (superseded")


@pytest.mark.parametrize(
    ("text", "beginning"),
    [
        ("Final", "Final"),
        ("final, and done", "final"),
        ("Final\n Fix", "Final\n Fix"),
        ("Finally", ""),
        ("Final-ish", ""),
        ("The Final", ""),
        ("", ""),
    ],
)
def test_a_choice_at_the_beginning(text: str, beginning: str) -> None:
    assert leading_choice(text, ["Final", "Final Fix", "Draft"]) == beginning
    assert leading_choice(text, []) == ""


def test_numbers_are_added_without_losing_links() -> None:
    corpus = Corpus(
        tuple(
            Proposal.parse(text, NEP, f"doc/neps/nep-{number:04}-x.rst")
            for number, text in (
                (91, NEP_TEXT.replace("Superseded", "Final").replace(":Replaced-By: NEP 92\n", "")),
                (92, NEP_TEXT.replace("Superseded", "Final")),
            )
        )
    )
    change = StatusChange(91, "Superseded", date(2026, 11, 20), superseded_by=(92,))
    texts = transition_texts(NEP, corpus, change)
    first, second = (texts[path] for path in sorted(texts))
    assert ":Replaced-By: 92\n" in first
    assert ":Replaces: :ref:`NEP30`, :ref:`NEP 31 <NEP31>`, 91\n" in second


def test_a_new_status_replaces_the_text_after_the_old_one() -> None:
    corpus = Corpus((Proposal.parse(SLEP_TEXT, SLEP, "slep091/proposal.rst"),))
    change = StatusChange(91, "Draft", date(2026, 11, 20))
    process = SLEP.model_copy(
        update={"transitions": (Transition.model_validate({"from": "Withdrawn", "to": ["Draft"]}),)}
    )
    (text,) = transition_texts(process, corpus, change).values()
    assert ":Status: Draft\n:Type:" in text


def test_a_heading_below_a_label_is_renumbered() -> None:
    text = NEP_TEXT.replace("Status: Superseded", "Status: Draft")
    corpus = Corpus((Proposal.parse(text, NEP, "doc/neps/nep-0091-x.rst"),))
    renumbered = renumber(NEP, corpus, 91, 93)
    (text,) = renumbered.texts.values()
    assert "\nNEP 93 — Typed arrays\n" in text
    assert list(renumbered.moved.values()) == ["doc/neps/nep-0093-x.rst"]


@pytest.mark.parametrize(
    ("process", "heading"),
    [(NEP, "NEP 7 — Typed views\n===="), (SLEP, "SLEP007: Typed views\n====")],
)
def test_a_new_proposal_has_the_heading_of_the_community(process: Process, heading: str) -> None:
    new = NewProposal("Typed views", "Process", "Ada Lovelace", date(2026, 11, 20))
    assert render_proposal(process, 7, new, None).startswith(heading)


@pytest.mark.parametrize(
    ("lines", "message"),
    [
        ('title_format = "NEP {number}"', "'NEP {number}' must have {number}, a sign or a blank"),
        ('title_format = "{title} {number}"', "must have {number}, a sign or a blank, and {title}"),
        ('title_format = "NEP {number} | {title}"', "write one such as NEP {number}: {title}"),
        ('title_format = "NEP {n} {title}"', "must have {number}"),
    ],
)
def test_formats_of_titles_that_cannot_be_read_are_refused(lines: str, message: str) -> None:
    text = (BUILTIN_DIRECTORY / "nep.toml").read_text("utf-8")
    with pytest.raises(ProcessError) as caught:
        parse_process(re.sub("(?m)^title_format = .*$", lines, text))
    assert message in str(caught.value)


def test_a_format_of_titles_needs_headings() -> None:
    text = (BUILTIN_DIRECTORY / "pep.toml").read_text("utf-8")
    with pytest.raises(ProcessError, match=":1: 'title_format' is for headings"):
        parse_process('title_format = "PEP {number}: {title}"\n' + text)


def test_several_patterns() -> None:
    files = Files(
        pattern=["nep-{number:04}-{slug}.rst", "nep-{number:04}.rst", "old/{number}.txt"],
        include=("*.rst", "old/*.txt"),
    )
    assert files.path(7, slug="views") == "nep-0007-views.rst"
    paths = ["nep-0000.rst", "nep-0007-views.rst", "old/12.txt", "nep-template.rst"]
    assert files.numbers(paths) == {0: "nep-0000.rst", 7: "nep-0007-views.rst", 12: "old/12.txt"}
    assert [files.is_proposal_text(f"x.{suffix}") for suffix in ("rst", "txt", "md", "html")] == [
        True, True, True, False,
    ]  # fmt: skip
