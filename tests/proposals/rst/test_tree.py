"""What is read from bodies, where it stands, and what is never done."""

from __future__ import annotations

from pathlib import Path

import pytest
from docutils import nodes
from docutils.parsers.rst import directives, roles

from fep_tools.proposals.body import Body, Location, Vocabulary
from fep_tools.proposals.rst import parser as rst
from fep_tools.proposals.rst.allowlist import image_problem, link_problem, url_scheme
from fep_tools.proposals.rst.locator import Locator
from fep_tools.proposals.rst.message_catalog import MESSAGES
from fep_tools.proposals.rst.messages import explain, explain_messages

TABLE = "the table cannot be read: text in column margin in table line 4"
WORDS_OF_FEPS = Vocabulary(
    "fep",
    roles=("pep", "rfc"),
    literals=("py:*",),
    banners=("living-document",),
    opaque=("productionlist",),
)


def read(text: str) -> Body:
    return rst.parse_body(text, WORDS_OF_FEPS)


def told(text: str) -> list[tuple[str, str]]:
    return [(p.kind, p.message or p.name) for p in read(text).problems]


def written(text: str, place: Location) -> str:
    """What stands at *place*, on its first line."""
    line = text.split("\n")[place.line - 1]
    return line[place.column - 1 : place.end_column - 1 if place.end_line == place.line else None]


# Facts -------------------------------------------------------------------------------------


def test_headings_have_their_levels_lines_and_first_paragraphs() -> None:
    text = "\nOne\n===\n\nA *short*\ntext.\n\nTwo\n---\n\n.. only this\n\nThree\n=====\n\nx\n"
    one, two, three = read(text).headings
    assert (one.title, one.level, one.location.line, one.text) == ("One", 1, 2, "A short text.")
    assert (two.title, two.level, two.location.line, two.is_empty) == ("Two", 2, 8, True)
    assert (three.location.line, three.level, three.is_empty) == (13, 1, False)


def test_a_title_may_have_a_line_over_it() -> None:
    (heading,) = read("\n=====\n One\n=====\n\nx\n").headings
    assert (heading.title, heading.location) == ("One", (3, 2, 3, 5))


def test_a_title_that_is_repeated_is_found_in_its_own_place() -> None:
    text = "A\n=\n\nx\n\nB\n-\n\ny\n\nB\n-\n\nz\n"
    assert [heading.location.line for heading in read(text).headings] == [1, 6, 11]


def test_links_by_role_have_number_fragment_and_text() -> None:
    text = "See :fep:`7`, :fep:`the views <12#rationale>` and :rfc:`2119`.\n"
    one, two, three = read(text).links
    assert (one.role, one.target, one.explicit, written(text, one.location)) == (
        "fep", "7", False, ":fep:`7`",
    )  # fmt: skip
    assert (two.target, two.fragment, two.text, two.explicit) == (
        "12", "rationale", "the views", True,
    )  # fmt: skip
    assert three.role == "rfc"


def test_addresses_are_links_wherever_they_stand() -> None:
    text = (
        "https://a.org/ and `b <https://b.org/>`__\n\n.. _c: https://c.org/\n\n__ https://d.org/\n"
    )
    links = read(text).links
    assert [link.target for link in links] == [
        f"https://{name}.org/" for name in ("a", "b", "c", "d")
    ]
    assert [written(text, link.location) for link in links] == [
        "https://a.org/", "`b <https://b.org/>`__", ".. _c: https://c.org/", "__ https://d.org/",
    ]  # fmt: skip


def test_the_same_words_twice_have_two_places() -> None:
    text = "First :fep:`7` and\nthen :fep:`7` again, then :fep:`7`.\n"
    places = [(link.location.line, link.location.column) for link in read(text).links]
    assert places == [(1, 7), (2, 6), (2, 27)]


def test_a_literal_is_not_taken_for_text_between_single_backquotes() -> None:
    text = "Not ``dict`` but `dict` here.\n"
    (problem,) = read(text).problems
    assert written(text, problem.location) == "`dict`"
    assert problem.location.column == 18


def test_a_link_over_two_lines_has_both() -> None:
    (link,) = read("See `the\nviews <https://a.org/>`__ here.\n").links
    assert link.location == (1, 5, 2, 26)


def test_code_is_kept_as_it_is() -> None:
    text = (
        "Sanic\n-----\n\n.. code-block:: python\n   :class: fep-check\n   :name: first\n\n"
        "   a = 1\n\n   b = `2`\n"
    )
    (code,) = read(text).code_blocks
    assert code[:4] == ("python", "first", ("fep-check",), "a = 1\n\nb = `2`")
    assert (code.first_line, code.location.line) == (8, 4)


def test_banners_comments_literals_and_mentions_are_told() -> None:
    text = (
        ".. living-document:: https://a.org/\n\n.. A hint.\n   Of two lines.\n\n"
        "Text with ``FEP 3`` and FEP 4 and FEP 4, and :fep:`FEP 5 <5>`.\n"
    )
    body = read(text)
    assert [banner.name for banner in body.banners] == ["living-document"]
    (comment,) = body.comments
    assert (comment.name, comment.location.line) == ("A hint. Of two lines.", 3)
    assert [literal.name for literal in body.literals] == ["FEP 3"]
    assert [mention.name for mention in body.mentions] == ["FEP 4"]


@pytest.mark.parametrize(
    ("text", "lead"),
    [
        ("Text.\n\nOne\n===\n\nx\n", 1),
        (".. hint\n\n.. productionlist:: c\n\nOne\n===\n\nx\n", None),
        (".. living-document:: a\n\n.. contents::\n\nOne\n===\n\nx\n", None),
    ],
)
def test_lead_is_text_and_nothing_else(text: str, lead: int | None) -> None:
    place = read(text).lead
    assert (place and place.line) == lead


def test_anchors_are_those_that_mean_something() -> None:
    text = "One Two\n=======\n\n.. _there:\n\nx [#]_\n\n.. [#] y\n\n.. [CIT] z\n"
    assert read(text).anchors == ("one-two", "there", "cit")


def test_a_title_that_comes_again_has_an_anchor_of_its_own() -> None:
    text = "A\n=\n\nSame\n----\n\nB\n=\n\nSame\n----\n\n日本\n====\n"
    assert read(text).anchors == ("a", "same", "b", "same-2", "section")


def test_facts_survive_being_remembered() -> None:
    text = (
        "A\n=\n\n:fep:`7` `x` ``FEP 3`` FEP 4 https://a.org/ *\\ **b\n\n.. c\n\n"
        ".. living-document::\n\n.. code:: python\n\n   1\n"
    )
    body = read(text)
    assert Body.load(body.dump()) == body


@pytest.mark.parametrize(
    "text", ["", "[]", "{}x", "[1,2]", '[[["x"]]]', "null", "[[[[]]]]", '{"headings":[["x"]]}']
)
def test_what_is_no_memory_of_facts_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Body.load(text)


# What docutils complains of ----------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("A *b\n", '"*" begins emphasis that does not end', "*"),
        ("A ** b and **c\n", '"**" begins strong text that does not end', "**"),
        ("A ``b\n", '"``" begins a literal that does not end', "``"),
        ("A `b\n", '"`" begins a link or a role\'s text that does not end', "`"),
        ("A |b|\n", 'the substitution "b" is not defined', "|b|"),
        ("A b_ c\n", 'the link "b" leads nowhere: no title or target has that name', "b_"),
        ("A [1]_\n", 'the link "1" leads nowhere: no title or target has that name', "[1]_"),
        ("- a\nb\n", "the bullet list before this line does not end with a blank line", "b"),
        (".. [1]\n\nx\n", "the footnote is empty", ".. [1]"),
        ("a::\n\nb\n", "'::' announces a literal block, and none follows", "b"),
        (".. note::\n\nb\n", '"note" has no content', ".. note::"),
        (".. image::\n", '"image" needs something behind its colons', ".. image::"),
        (".. note:: a\n   :wide: b\n", '"note" has no option wide', ".. note:: a"),
        ("A\n=\n\nB\n-\n\nC\n~\n\nD\n=\n\nE\n~\n", "the title skips a level, from 1 to 3", "E"),
        ("====\nA\n----\n", "the lines over and under the title differ", "===="),
        ("==  ==\na   b\n==  ==\na  bcd\n==  ==\n", TABLE, "a  bcd"),
    ],
)
def test_complaints_are_in_plain_words_at_their_place(text: str, message: str, place: str) -> None:
    (problem,) = read(text).problems
    assert (problem.message, written(text, problem.location)) == (message, place)


def test_a_short_underline_is_a_problem_of_its_own() -> None:
    assert told("Long title\n=====\n\nx\n") == [
        ("underline", "the line under the title is shorter than the title")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a\nb\n  c\nd\n",
        ".. |x| image::\n",
        "`a <A_>`_\n\nA\n=\n\nx\n",
        ".. _a: http://x.org/\n.. _a: http://y.org/\n\na_\n",
    ],
)
def test_one_cause_is_told_once(text: str) -> None:
    assert len(told(text)) == 1


def test_a_message_without_words_of_its_own_is_passed_on() -> None:
    assert explain("Something new.").message == "docutils says: Something new"


def test_no_words_repeat_the_machinery() -> None:
    for _pattern, message, help_ in MESSAGES:
        assert not any(word in message + help_ for word in ("start-string", "unindent", "Explicit"))


def test_what_a_stranger_wrote_cannot_grow_a_message() -> None:
    message = 'Unknown target name: "' + "x" * 5000 + '".'
    assert len(explain(message).message) < 300


def test_many_messages_are_understood_in_little_time() -> None:
    double = "Duplicate target name, cannot be used as a unique reference"
    messages = [f'{double}: "{number}".' for number in range(20000)]
    assert len(list(explain_messages(messages))) == 20000


def test_at_most_a_hundred_problems_are_kept() -> None:
    assert len(read("".join(f":no:`{n}`\n\n" for n in range(500))).problems) == 100


# Finding -----------------------------------------------------------------------------------


def test_what_is_not_there_is_its_line() -> None:
    assert Locator("one\n  two  \n").find("three", 2) == (2, 3, 2, 6)


def test_a_line_outside_is_the_nearest() -> None:
    places = Locator("one\ntwo")
    assert places.line(99).line == 2
    assert places.line(None).line == 1


def test_a_carriage_return_is_no_part_of_a_line() -> None:
    assert Locator("one\r\n").line(1) == (1, 1, 1, 4)


def test_finding_stops_after_a_while() -> None:
    assert Locator("x\n" * 1000 + "end\n").find("end", 1).line == 1


# What is never done ------------------------------------------------------------------------


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
def test_nothing_is_read_from_elsewhere_and_it_is_told(text: str, secret: Path) -> None:
    body = read(text.format(secret))
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
def test_links_that_run_are_told(text: str) -> None:
    assert [trouble for trouble, _message in told(text)] == ["scheme"]


@pytest.mark.parametrize(
    ("address", "scheme"),
    [
        ("https://a.org", "https"),
        ("java\tscript:x", "javascript"),
        (" vbscript:x", "vbscript"),
        ("a/b:c", ""),
        ("#part", ""),
    ],
)
def test_scheme_is_what_a_browser_sees(address: str, scheme: str) -> None:
    assert url_scheme(address) == scheme


def test_pages_and_mail_may_be_linked() -> None:
    for address in ("https://a.org", "http://a.org", "mailto:a@b.org", "fep-0007-a.png", "#x"):
        assert link_problem(address) == ""


@pytest.mark.parametrize("address", ["/a.png", "../a.png", "a/../../b.png", "a\\b.png", "a.exe"])
def test_images_lie_beside_the_proposal(address: str) -> None:
    assert image_problem(address)
    assert image_problem("fep-0007-a.png") == ""


def test_docutils_is_left_as_it_was() -> None:
    before = (directives.directive, roles.role)
    read("x\n")
    with pytest.raises(KeyError):
        read(".. |a| replace:: |a| |b|\n\n|a|\n")
    assert (directives.directive, roles.role) == before


def test_a_text_that_docutils_cannot_bear_is_one_problem() -> None:
    for text in (".. |a| replace:: |a| |b|\n\n|a|\n", "* " * 120 + "x\n", "9" * 4301 + ". x\n"):
        (problem,) = rst.parse_body_safely(text, WORDS_OF_FEPS).problems
        assert problem.kind == "crash"


def test_a_lone_mark_is_found_by_what_follows_it() -> None:
    text = "An *even* number of *marks* and *one more\n"
    (problem,) = read(text).problems
    assert problem.location.column == 33


def test_nodes_are_not_kept() -> None:
    body = read("`x <https://a.org/>`__ and :fep:`7`\n")
    assert not any(isinstance(value, nodes.Node) for link in body.links for value in link)
