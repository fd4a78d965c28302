"""Quotation marks: a fix replaces those of plain text, and no others."""

from __future__ import annotations

import pytest

from fep_tools.diagnostics import apply_edits
from fep_tools.lint import testing
from fep_tools.lint.registry import find_rule
from fep_tools.lint.rules._plain_text import MAX_PARAGRAPH
from fep_tools.process.loader import parse_process
from fep_tools.process.model import Process

MARKS = {"“", "”", "‘", "’"}
HEAD = "FEP: 7\nTitle: Typed views\n\n"
MARKDOWN_HEAD = "---\nFEP: 7\nTitle: Typed views\n---\n\n"


def check_fix(path: str, head: str, text: str, fixed: str, process: Process) -> None:
    rule = find_rule("B074")
    assert rule is not None
    before, after = f"{head}{text}\n", f"{head}{fixed}\n"
    found = testing.check_example(rule, f"# {path}\n{before}", process)
    assert found
    assert apply_edits(before, [edit for d in found for edit in d.edits]) == after
    lines = after.split("\n")
    marked = [d for d in found if not MARKS.isdisjoint(lines[d.span.line - 1])]
    assert [bool(d.help) for d in found] == [d in marked for d in found]
    # What is left is found again, and nothing else.
    again = testing.check_example(rule, f"# {path}\n{after}", process)
    assert [(d.span.line, d.edits) for d in again] == [(d.span.line, ()) for d in marked]


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("It’s “a\nb” and ‘c’.", "It's \"a\nb\" and 'c'."),
        ("- “a”\n- ‘b’\n\n  “c”", "- \"a\"\n- 'b'\n\n  \"c\""),
        ("Term “a”\n   Text “b”", 'Term "a"\n   Text "b"'),
        ("   “a”", '   "a"'),
        ("*“a” b* “``c``” d’s", "*\"a\" b* \"``c``\" d's"),
        # Both marks or none
        ("“a https://a.org” “b\nc_” ‘d’ “e", "“a https://a.org” “b\nc_” 'd' \"e"),
        ("“a\n\nb_”", '"a\n\nb_”'),
        # Code
        ("“a” ``“b”``", '"a" ``“b”``'),
        ("“a” ``“b\n“c” d`` “e”", '"a" ``“b\n“c” d`` "e"'),
        ("“a” :code:`“b”`", '"a" :code:`“b”`'),
        ("A::\n\n   “b”\n\n“c”", 'A::\n\n   “b”\n\n"c"'),
        ("::\n\n   “b”", "::\n\n   “b”"),
        ("A::\n\n“b”\n\n‘c’", "A::\n\n“b”\n\n'c'"),
        ("- A::\n\n     “b”\n\n- “c”", '- A::\n\n     “b”\n\n- "c"'),
        (">>> print(“a”)\n“b”\n\n“c”", '>>> print(“a”)\n“b”\n\n"c"'),
        (".. code:: text\n\n   x = “1”\n\n“a”", '.. code:: text\n\n   x = “1”\n\n"a"'),
        ("- .. code:: text\n\n     “a”\n", "- .. code:: text\n\n     “a”\n"),
        # A backtick too many: which part is code?
        ("“a” ` ``“b”``", "“a” ` ``“b”``"),
        # Directives
        (
            '.. csv-table::\n\n   “a”,x “b” y,‘c’\n   “d, e”,f',
            '.. csv-table::\n\n   “a”,x “b” y,‘c’\n   “d, e”,f',
        ),
        (".. note:: “a”\n   “b”\n\n   “c”", '.. note:: “a”\n   “b”\n\n   "c"'),
        (".. tip::\n   :class: “b”\n\n   “c”", '.. tip::\n   :class: “b”\n\n   "c"'),
        (".. image:: it’s.png\n   :alt: “a”", ".. image:: it’s.png\n   :alt: “a”"),
        (".. |a| replace:: “b”\n\n“|a|” “c”", '.. |a| replace:: “b”\n\n"|a|" "c"'),
        (":Stance: “a”\n   “b”\n\n“c”", ':Stance: “a”\n   “b”\n\n"c"'),
        # Titles, links and their targets
        ("It’s\n====\n\nSee `It’s`_, “a”", 'It’s\n====\n\nSee `It’s`_, "a"'),
        ("====\nIt’s\n====\n\n“a”", '====\nIt’s\n====\n\n"a"'),
        (".. _it’s: https://a.org/it’s\n\n“a” it’s_", '.. _it’s: https://a.org/it’s\n\n"a" it’s_'),
        ("“a” https://a.org/it’s `b <c’>`__", '"a" https://a.org/it’s `b <c’>`__'),
        ("“a” [it’s]_\n\n.. [it’s] “b”", '"a" [it’s]_\n\n.. [it’s] “b”'),
        # Tables and line blocks
        ("| “a”\n\n“b”", '| “a”\n\n"b"'),
        ("+----+\n| ’a |\n+----+\n\n“b”", '+----+\n| ’a |\n+----+\n\n"b"'),
        ("== ==\n“a” b\n== ==\n“c” d\n== ==\n\n“e”", '== ==\n“a” b\n== ==\n“c” d\n== ==\n\n"e"'),
        # With a straight one, these would be no emphasis, no backslash, and the line under a title.
        ("“*” b “*”", "“*” b “*”"),
        ("a\n””””\n\n“b”", 'a\n””””\n\n"b"'),
    ],
)  # fmt: skip
def test_rst(text: str, fixed: str, process: Process) -> None:
    check_fix("proposals/fep-0007.rst", HEAD, text, fixed, process)


@pytest.fixture
def markdown(process: Process) -> Process:
    text = process.source[1].replace('"rfc2822"', '"yaml"', 1).replace(".rst", ".md")
    return parse_process(text, "process.toml")


@pytest.mark.parametrize(
    ("text", "fixed"),
    [
        ("It’s “a\nb” and ‘c’.", "It's \"a\nb\" and 'c'."),
        ("> “a”\n> - “b”\n\n1. “c”", '> "a"\n> - "b"\n\n1. "c"'),
        ("| “a” |\n|---|\n| “b” |", '| "a" |\n|---|\n| "b" |'),
        ("a[^n]\n\n[^n]: “b”", 'a[^n]\n\n[^n]: "b"'),
        # Links and their titles
        ('[“a”](b.md "say “hi” now") “c”', '["a"](b.md "say “hi” now") "c"'),
        ('[a](https://x.org "say “hi” now") “b”', '[a](https://x.org "say “hi” now") "b"'),
        ("[a](https://x.org\n'it’s (so)') “b”", "[a](https://x.org\n'it’s (so)') \"b\""),
        (
            "[b][it’s] “c”\n\n[it’s]: https://y.org 'it’s'",
            "[b][it’s] \"c\"\n\n[it’s]: https://y.org 'it’s'",
        ),
        ("[r]: https://y.org\n'it’s'\n\n“a”", "[r]: https://y.org\n'it’s'\n\n\"a\""),
        ("[a](b “c”) “d”", '[a](b “c”) "d"'),
        ('[a](b "c “d”', '[a](b "c “d”'),
        ("<https://x.org/’> https://x.org/’ “a”", '<https://x.org/’> https://x.org/’ "a"'),
        # Code, formulas and HTML
        ("“a” `“b”` ``c ` “d”``", '"a" `“b”` ``c ` “d”``'),
        ("“a” ` `` “b”", "“a” ` `` “b”"),
        ("```python\nx = “1”\n```\n“a”", '```python\nx = “1”\n```\n"a"'),
        ("- ~~~\n  “1”\n  ```\n  ~~~\n\n“a”", '- ~~~\n  “1”\n  ```\n  ~~~\n\n"a"'),
        ("```{note} “a”\n“b”\n```\n", "```{note} “a”\n“b”\n```\n"),
        ("    “1”\n\n“a”", '    “1”\n\n"a"'),
        ("-     “1”\n\n“a”", '-     “1”\n\n"a"'),
        ("“a” $5", "“a” $5"),
        ("$f’$ “a”", '$f’$ "a"'),
        ("$$\nf’\n$$\n\n“a”", '$$\nf’\n$$\n\n"a"'),
        ("“a” <b title=“c”> “d”", '"a" <b title=“c”> "d"'),
        ("<!-- “a”\n\n“b” -->\n“c”", '<!-- “a”\n\n“b” -->\n"c"'),
        # Titles, and what would be no text any more
        ("## It’s\n\n“a”", '## It’s\n\n"a"'),
        ("It’s\n====\n\n“a”", 'It’s\n====\n\n"a"'),
        ("\\“a” “b”", '\\“a” "b"'),
    ],
)  # fmt: skip
def test_markdown(text: str, fixed: str, markdown: Process) -> None:
    check_fix("proposals/fep-0007.md", MARKDOWN_HEAD, text, fixed, markdown)


@pytest.mark.parametrize(
    ("length", "is_fixed"), [(MAX_PARAGRAPH, True), (MAX_PARAGRAPH + 1, False)]
)
def test_a_long_paragraph_is_left_alone(length: int, is_fixed: bool, process: Process) -> None:
    long = "“a” " + "word\n" * MAX_PARAGRAPH
    long = long[: length - 1] + "x"
    fixed = long.replace("“a”", '"a"') if is_fixed else long
    text = f"{long}\n\n“c”"
    check_fix("proposals/fep-0007.rst", HEAD, text, f'{fixed}\n\n"c"', process)
