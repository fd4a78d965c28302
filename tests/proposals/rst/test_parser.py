"""Facts of bodies, their positions, and what a body may not do."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import __version_info__, nodes
from docutils.parsers.rst import directives, roles

from fep_tools.proposals.rst import collector
from fep_tools.proposals.rst.parser import parse_body_safely
from fep_tools.proposals.rst.tree import MATHML_LENGTH, tree_length

from .bodies import FEP, parse, problems, source_at

TABLE = "the table cannot be parsed: text in column margin in table line 4"


# Facts ----------------------------------------------------------------------------------------


def test_headings() -> None:
    text = "\nOne\n===\n\nA *short*\ntext.\n\nTwo\n---\n\n.. only this\n\nThree\n=====\n\nx\n"
    one, two, three = parse(text).headings
    assert (one.title, one.level, one.location.line, one.text) == ("One", 1, 2, "A short text.")
    assert (two.title, two.level, two.location.line, two.is_empty) == ("Two", 2, 8, True)
    assert (three.location.line, three.level, three.is_empty) == (13, 1, False)


def test_a_title_with_an_overline() -> None:
    (heading,) = parse("\n=====\n One\n=====\n\nx\n").headings
    assert (heading.title, heading.location) == ("One", (3, 2, 3, 5))


def test_a_repeated_title_has_its_own_line() -> None:
    text = "A\n=\n\nx\n\nB\n-\n\ny\n\nB\n-\n\nz\n"
    assert [heading.location.line for heading in parse(text).headings] == [1, 6, 11]


def test_links_by_role() -> None:
    text = "See :fep:`7`, :fep:`the views <12#rationale>` and :rfc:`2119`.\n"
    one, two, three = parse(text).links
    assert (one.role, one.target, one.explicit, source_at(text, one.location)) == (
        "fep", "7", False, ":fep:`7`",
    )  # fmt: skip
    assert (two.target, two.fragment, two.text, two.explicit) == (
        "12", "rationale", "the views", True,
    )  # fmt: skip
    assert three.role == "rfc"


def test_urls_are_links_everywhere() -> None:
    text = (
        "https://a.org/ and `b <https://b.org/>`__\n\n.. _c: https://c.org/\n\n__ https://d.org/\n"
    )
    links = parse(text).links
    assert [link.target for link in links] == [
        f"https://{name}.org/" for name in ("a", "b", "c", "d")
    ]
    assert [source_at(text, link.location) for link in links] == [
        "https://a.org/", "`b <https://b.org/>`__", ".. _c: https://c.org/", "__ https://d.org/",
    ]  # fmt: skip


def test_equal_links_have_their_own_positions() -> None:
    text = "First :fep:`7` and\nthen :fep:`7` again, then :fep:`7`.\n"
    places = [(link.location.line, link.location.column) for link in parse(text).links]
    assert places == [(1, 7), (2, 6), (2, 27)]


def test_double_backticks_are_not_single_ones() -> None:
    text = "Not ``dict`` but `dict` here.\n"
    (problem,) = parse(text).problems
    assert source_at(text, problem.location) == "`dict`"
    assert problem.location.column == 18


def test_a_link_over_two_lines() -> None:
    (link,) = parse("See `the\nviews <https://a.org/>`__ here.\n").links
    assert link.location == (1, 5, 2, 26)


def test_code_blocks() -> None:
    text = (
        "Sanic\n-----\n\n.. code-block:: python\n   :class: fep-check\n   :name: first\n\n"
        "   a = 1\n\n   b = `2`\n"
    )
    (code,) = parse(text).code_blocks
    assert code[:4] == ("python", "first", ("fep-check",), "a = 1\n\nb = `2`")
    assert (code.first_line, code.location.line) == (8, 4)


def test_banners_comments_literals_and_mentions() -> None:
    text = (
        ".. living-document:: https://a.org/\n\n.. A hint.\n   Of two lines.\n\n"
        "Text with ``FEP 3`` and FEP 4 and FEP 4, and :fep:`FEP 5 <5>`.\n"
    )
    body = parse(text)
    assert [banner.name for banner in body.banners] == ["living-document"]
    (comment,) = body.comments
    assert (comment.name, comment.location.line) == ("A hint. Of two lines.", 3)
    assert [literal.name for literal in body.literals] == ["FEP 3"]
    assert [mention.name for mention in body.mentions] == ["FEP 4", "FEP 4"]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Text.\n\nOne\n===\n\nx\n", 1),
        (".. hint\n\n.. productionlist:: c\n\nOne\n===\n\nx\n", None),
        (".. living-document:: a\n\n.. contents::\n\nOne\n===\n\nx\n", None),
    ],
)
def test_lead_is_the_first_text(text: str, lead: int | None) -> None:
    place = parse(text).lead
    assert (place and place.line) == lead


def test_numbered_anchors_are_left_out() -> None:
    text = "One Two\n=======\n\n.. _there:\n\nx [#]_\n\n.. [#] y\n\n.. [CIT] z\n"
    assert parse(text).anchors == (
        "one-two", "there", "cit", "footnote-1",
    )  # fmt: skip


def test_a_repeated_title_has_its_own_anchor() -> None:
    text = "A\n=\n\nSame\n----\n\nB\n=\n\nSame\n----\n\n日本\n====\n"
    assert parse(text).anchors == ("a", "same", "b", "same-2", "section")


# Problems -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("A *b\n", '"*" begins emphasis that does not end', "*"),
        ("A ** b and **c\n", '"**" begins strong text that does not end', "**"),
        ("A ``b\n", '"``" begins a literal that does not end', "``"),
        ("A `b\n", '"`" begins a link, or the text of a role, that does not end', "`"),
        ("A |b|\n", 'the substitution "b" is not defined', "|b|"),
        ("A b_ c\n", 'the link "b" has no target: no title or target has that name', "b_"),
        ("A [1]_\n", 'the link "1" has no target: no title or target has that name', "[1]_"),
        ("- a\nb\n", "the bullet list before this line does not end with a blank line", "b"),
        ("a::\n\nb\n", "'::' announces a literal block, but none follows", "b"),
        (".. note::\n\nb\n", '"note" has no content', ".. note::"),
        (".. image::\n", '"image" needs an argument after the colons', ".. image::"),
        (".. note:: a\n   :wide: b\n", '"note" has no option wide', ".. note:: a"),
        ("====\nA\n----\n", "the overline and the underline of the title differ", "===="),
        ("==  ==\na   b\n==  ==\na  bcd\n==  ==\n", TABLE, "a  bcd"),
    ],
)
def test_messages_of_docutils_and_their_positions(text: str, message: str, place: str) -> None:
    (problem,) = parse(text).problems
    assert (problem.message, source_at(text, problem.location)) == (message, place)


# Since 0.22, docutils says which level is skipped, and that a footnote is empty.
_SINCE_22 = pytest.mark.skipif(
    __version_info__[:2] < (0, 22), reason="docutils 0.21 has other words"
)


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("[1]_\n\n.. [1]\n", "the footnote is empty", ".. [1]"),
        ("A\n=\n\nB\n-\n\nC\n~\n\nD\n=\n\nE\n~\n", "the title skips a level, from 1 to 3", "E"),
    ],
)
@_SINCE_22
def test_messages_of_new_versions_of_docutils(text: str, message: str, place: str) -> None:
    test_messages_of_docutils_and_their_positions(text, message, place)


def test_a_short_underline_has_its_own_kind() -> None:
    assert problems("Long title\n=====\n\nx\n") == [
        ("underline", "the title underline is shorter than the title")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a\nb\n  c\nd\n",
        ".. |x| image::\n",
        ".. _a: http://x.org/\n.. _a: http://y.org/\n\na_\n",
    ],
)
def test_one_cause_is_one_problem(text: str) -> None:
    assert len(problems(text)) == 1


def test_a_link_that_is_called_as_its_target_is_none_of_two_targets() -> None:
    assert problems("`a <A_>`_ and `a b <A_>`_, `a b`_\n\nA\n=\n\nx\n") == []


def test_no_problem_hides_behind_others() -> None:
    text = "".join(f":no:`{n}`\n\n" for n in range(500)) + ".. raw:: html\n\n   <p>\n"
    assert [p.kind for p in parse(text).problems] == ["role"] * 500 + ["directive"]


def test_a_text_with_too_many_problems_counts_as_unparsable(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(collector, "MAX_PROBLEMS", 20)
    assert not parse(":no:`x`\n\n" * 20).is_unparsable
    body = parse(".. fep: ignore[B002, B004]\n\n" + ":no:`x`\n\n" * 21)
    assert [p.message for p in body.problems] == ["has more than 20 problems of markup"]
    # A comment that could suppress this finding is not known either.
    assert not body.comments


def test_the_length_of_a_tree_is_that_of_its_text_and_attributes() -> None:
    tree: nodes.Element = nodes.section(
        "", nodes.paragraph("", "four"), ids=["id"], secnumber=[1, 12]
    )
    tree += nodes.math("", "x")
    tree += nodes.image(uri="a.png", alt="seven77")
    assert tree_length(tree) == 4 + 2 + MATHML_LENGTH + 5 + 7


# Untrusted text -------------------------------------------------------------------------------


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text("CANARY\n", "utf-8")
    return path


@pytest.mark.parametrize(
    "text",
    [
        ".. include:: {}\n",
        ".. include:: {}\n   :literal:\n",
        ".. literalinclude:: {}\n",
        ".. raw:: html\n   :file: {}\n",
        ".. raw:: html\n\n   <script>CANARY</script>\n",
        ".. csv-table::\n   :file: {}\n",
        ".. csv-table::\n   :url: file://{}\n",
        ".. image:: file://{}\n   :loading: embed\n",
        ".. image:: {}\n",
        ".. figure:: ../../{}\n",
        '.. image:: a.mp4\n   :alt: "><script>alert(1)</script>\n',
        ":download:`x <{}>`\n",
        ".. role:: html(raw)\n   :format: html\n\n:html:`<b>`\n",
        ".. default-role:: raw\n",
        ".. parsed-literal::\n   :file: {}\n\n   x\n",
        ".. math::\n   :file: {}\n",
        ".. toctree::\n\n   {}\n",
        ".. meta::\n   :http-equiv=refresh: 0\n",
        ".. only:: __import__('os')\n\n   x\n",
        ".. |x| image:: {}\n\n|x|\n",
    ],
)
def test_what_reads_files_is_refused_and_reported(text: str, secret: Path) -> None:
    body = parse(text.format(secret))
    assert body.problems
    assert "CANARY" not in body.dump().replace(text.format(secret), "")


@pytest.mark.parametrize(
    "text",
    [
        "`x <javascript:alert(1)>`__\n",
        "javascript:alert(1)\n",
        ".. _x: javascript:alert(1)\n\nx_\n",
        ".. image:: a.png\n   :target: javascript:alert(1)\n",
        "`x <JavaScript:alert(1)>`__\n",
        "`x <data:text/html,y>`__\n",
        "`x <//evil.example/y>`__\n",
    ],
)
def test_links_that_run_code_are_reported(text: str) -> None:
    assert [trouble for trouble, _message in problems(text)] == ["scheme"]


def test_docutils_is_restored() -> None:
    before = (directives.directive, roles.role)
    parse("x\n")
    with pytest.raises(KeyError):
        parse(".. |a| replace:: |a| |b|\n\n|a|\n")
    assert (directives.directive, roles.role) == before


def test_a_failure_of_docutils_is_one_problem() -> None:
    for text in (".. |a| replace:: |a| |b|\n\n|a|\n", "* " * 120 + "x\n", "9" * 4301 + ". x\n"):
        (problem,) = parse_body_safely(text, FEP).problems
        assert problem.kind == "crash"


def test_a_mark_without_an_end_is_found_by_what_follows() -> None:
    text = "An *even* number of *marks* and *one more\n"
    (problem,) = parse(text).problems
    assert problem.location.column == 33


def test_facts_hold_no_nodes() -> None:
    body = parse("`x <https://a.org/>`__ and :fep:`7`\n")
    assert not any(isinstance(value, nodes.Node) for link in body.links for value in link)
