"""The facts of bodies in Markdown, with their positions."""

from __future__ import annotations

import pytest

from fep_tools.proposals.body import Body
from fep_tools.proposals.rst.parser import parse_body_safely
from fep_tools.proposals.vocabulary import Vocabulary


def parse(text: str) -> Body:
    return parse_body_safely(text, Vocabulary("fep", roles=("rfc",), markup="markdown"))


def test_headings() -> None:
    body = parse("## A *b* `c`\n\nText<br>of a.\n\n### D\n## E\n\nF\n-\n")
    assert [(h.title, h.level, h.location.line, h.is_empty) for h in body.headings] == [
        ("A b c", 1, 1, False), ("D", 2, 5, True), ("E", 1, 6, True), ("F", 1, 8, True),
    ]  # fmt: skip
    assert body.headings[0].text == "Textof a."
    assert body.lead is None


def test_anchors_are_those_of_github() -> None:
    titles = ["A b", "`a` & b?", "A b", "Été_1", "日本", "1.2 x"]
    body = parse("".join(f"## {title}\n\ntext\n\n" for title in titles) + "[^a-b]\n\n[^a-b]: x\n")
    expected = ["a-b", "a--b", "a-b-1", "été_1", "日本", "12-x"]
    assert [anchor for anchor in body.anchors if not anchor.startswith("footnote")] == expected


@pytest.mark.parametrize(
    ("text", "role", "target", "shown", "columns"),
    [
        ("x [a b](http://c.d) y", "", "http://c.d", "a b", (3, 20)),
        ("<http://a.b>", "", "http://a.b", "http://a.b", (1, 13)),
        ("x http://a.b/c.", "", "http://a.b/c", "http://a.b/c", (3, 15)),
        ("[a][b]\n\n[b]: http://c.d", "", "http://c.d", "a", (1, 4)),
        ("[*a*](#b)", "", "#b", "a", (1, 10)),
        ("[a](../x/b.md#c 'T')", "", "../x/b.md#c", "a", (1, 21)),
        ("{fep}`7#a`", "fep", "7", "", (1, 11)),
        ("{ref}`a <b>`", "ref", "b", "a", (1, 13)),
    ],
)
def test_links(text: str, role: str, target: str, shown: str, columns: tuple[int, int]) -> None:
    (link,) = parse(text).links
    assert (link.role, link.target, link.text) == (role, target, shown)
    assert link.location.line == 1
    if not role:  # roles are somewhere in their line
        assert (link.location.column, link.location.end_column) == columns


def test_code() -> None:
    blocks = parse(
        "```python\nx = 1\n```\n\n- a\n\n  ~~~\n  b\n  ~~~\n\nx\n\n    c\n\n"
        "```{code-block} toml\n:name: n\n\na = 1\n```\n"
    ).code_blocks
    assert [(b.language, b.text, b.location.line) for b in blocks] == [
        ("python", "x = 1", 1), ("", "b", 7), ("", "c", 13), ("toml", "a = 1", 15),
    ]  # fmt: skip
    assert blocks[0].first_line == 2


def test_images_comments_and_mentions() -> None:
    body = parse("![x](a.png) FEP 7, `FEP 8` <!-- c -->\n\n<!-- d\n e -->\n\n- f\n")
    assert [(i.name, i.location[:2]) for i in body.images] == [("a.png", (1, 6))]
    assert [(c.name, c.location[:2]) for c in body.comments] == [("c", (1, 28)), ("d e", (3, 1))]
    assert [m.name for m in body.mentions] == ["FEP 7"]
    assert [m.name for m in body.literals] == ["FEP 8"]


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("<b>x</b>", [("html", "<b>"), ("html", "</b>")]),
        ("<div>\n\nx\n\n</div>", [("html", "<div>"), ("html", "</div>")]),
        ("<sub onclick=x>a</sub>", [("html", "<sub onclick=x>"), ("html", "</sub>")]),
        ("<br/> <sub>a</sub> <sup>b</sup> <kbd>c</kbd> <a name='d'></a>", []),
        ("<!-- a --> b", []),
        ("<details open>\n<summary><b>x &amp; y</b></summary>\n\nz\n\n</details>", []),
        ("<details><summary>x</summary>\n\n## a\n\nb\n\n</details>", []),
        ("<details>\n\n- x\n\n</details>\n<details>\n\ny\n\n</details>", []),
        ("<details>", []),
        ("<summary>x</summary>", []),
        ("</details>", [("html", "</details>")]),
        ("<details onclick=x>\n", [("html", "<details onclick=x>")]),
        ("<details>\nx\n</details>", [("html", "<details>")]),
        (
            "<details><summary><img src=x></summary>",
            [("html", "<details><summary><img src=x></summary>")],
        ),
        ("[a](javascript:b)", [("scheme", "javascript:b")]),
        ("[a](data:text/html,b)", [("scheme", "data:text/html,b")]),
        ("<javascript:b>", [("scheme", "javascript:b")]),
        ("![a](../b.png)", [("image", "../b.png")]),
        ("![a](http://b/c.png)", [("image", "http://b/c.png")]),
        ("```{raw} html\n<b>\n```", [("directive", "raw")]),
        ("```{eval-rst}\nx\n```", [("directive", "eval-rst")]),
        ("```{figure} http://a/b.png\n```", [("image", "http://a/b.png")]),
        ("```{raw}a\nb\n```", [("directive", "raw")]),
        ("```{table} a\n\nb\n```", [("markup", "")]),
        ("```{replace} a\nb\n```", [("markup", "")]),
        ("```{admonition} a\n:alt: b\n\nc\n```", [("markup", "")]),
        ("````{list-table}\na\n```\nb\n```\n````", [("markup", "")]),
        ("<a id=x></a> <a id=x></a> <a id=X></a>", []),
        ("# A\n\nb\n\n<a name=a></a>", []),
        ("```{note}\n```{include} x\n```\n```", None),
        ("{raw}`a`", [("role", "raw")]),
        ("a\n\n---\n\nb\n\n---\n", []),
        ("---\n\n## A\n\nb\n\n---\n\n## C\n\nd\n\n***\n", []),
        ("> a\n>\n> ---\n>\n> b\n\n- c\n\n  ***\n\n  d\n", []),
        ("% a\n\n+++\n\n(b)=\n", []),
        ("$5 and $6", []),
    ],
)
def test_problems(text: str, problems: list[tuple[str, str]] | None) -> None:
    found = [(p.kind, p.name) for p in parse(text).problems]
    assert "crash" not in dict(found)
    assert problems is None or found == problems


ROWS = "{0}| A | B |\n{0}|---|---|\n{0}| c | d |\n"


@pytest.mark.parametrize("margin", ["", "> ", "  > > "])
@pytest.mark.parametrize(
    ("row", "message"),
    [
        ("| e | f | g |", "the row has 3 cells, but the table has 2 columns"),
        ("e | f | g | `h|i`", "the row has 5 cells, but the table has 2 columns"),
        ("| e | f | |", None),
        ("| e | f | | g |", "the row has 4 cells, but the table has 2 columns"),
        ("| e | f |", None),
        (r"e | f \| g", None),
        ("| e", None),
        ("||", None),
    ],
)
def test_cells_that_a_table_has_no_column_for(margin: str, row: str, message: str | None) -> None:
    problems = parse(ROWS.format(margin) + margin + row + "\n").problems
    assert [(p.kind, p.location.line) for p in problems] == ([("markup", 4)] if message else [])
    assert [p.message for p in problems] == ([message] if message else [])


@pytest.mark.parametrize("depth", [5, 14])
def test_what_is_nested_is_not_left_out(depth: int) -> None:
    body = parse("".join(f"{'  ' * n}- [a{n}](http://b)\n" for n in range(depth)))
    assert [link.text for link in body.links] == [f"a{n}" for n in range(depth)]


@pytest.mark.parametrize("text", [">" * 300, "> - " * 100, "<sub>" * 300 + "a" + "</sub>" * 300])
def test_what_is_nested_too_deeply_is_refused(text: str) -> None:
    (problem,) = parse(text).problems
    assert problem.message == "is nested too deeply to parse"


@pytest.mark.parametrize(
    ("text", "written", "character"),
    [
        ("a &#x202E;b", "&#x202E;", "U+202E"),
        ("a *&#8238;* b", "&#8238;", "U+202E"),
        ("| &lrm; |\n|---|\n| b |", "&lrm;", "U+200E"),
        ("[&#x2066;](http://a.b)", "&#x2066;", "U+2066"),
        ('[a](http://a.b "&#x202E;t")', r"\u202et", "U+202E"),
    ],
)
def test_references_make_no_hidden_characters(text: str, written: str, character: str) -> None:
    (problem,) = parse(text).problems
    message = f'"{written}" makes the invisible character {character}'
    assert (problem.kind, problem.message) == ("markup", message)


def test_references_make_all_other_characters() -> None:
    body = parse("## A&nbsp;&#8203;&shy;&auml;\n\nB\n")
    assert not body.problems
    assert body.headings[0].title == "A\xa0\u200b\xad\xe4"


def test_options_make_no_hidden_characters() -> None:
    text = '```{figure} a.png\n---\nalt: "x\\u202ey"\n---\nB\n```\n'
    (problem,) = parse(text).problems
    assert (problem.kind, problem.name) == ("directive", "figure U+202E")
