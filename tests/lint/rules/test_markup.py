"""Rules about markup that docutils takes for text: what is reported where, and what is not."""

from __future__ import annotations

import pytest

from fep_tools.diagnostics import Diagnostic
from fep_tools.lint import testing
from fep_tools.lint.fixes import apply_fixes
from fep_tools.lint.registry import all_rules
from fep_tools.process.model import Process

START = "FEP: 7\nTitle: Typed views\n\nAbstract\n========\n\nText.\n\n"
LEFT_OUT = {"section-missing", "mention-unlinked", "link-missing", "note-unreferenced"}
RULES = [r for r in all_rules() if r.code.startswith("B") and r.name not in LEFT_OUT]


def lint(body: str, process: Process) -> list[Diagnostic]:
    return testing.check_example(RULES, f"{START}{body}\n", process)


def found(body: str, process: Process) -> list[tuple[str, int, str]]:
    """Return the code of each finding, its line in *body*, and the text at its position."""
    lines = body.split("\n")
    result = []
    for diagnostic in lint(body, process):
        span, first = diagnostic.span, START.count("\n")
        end = span.end_column - 1 if span.line == span.end_line else None
        line = lines[span.line - first - 1]
        result.append((diagnostic.code, span.line - first, line[span.column - 1 : end]))
    return result


def fixed(body: str, process: Process) -> str:
    text = f"{START}{body}\n"
    fixes = apply_fixes(lint(body, process), lambda _path: text)
    return next(iter(fixes.values()), text).removeprefix(START).removesuffix("\n")


# Inline markup -----------------------------------------------------------------------------

INLINE = [
    ("Use :fep:``1`` here.", "B060", ":fep:``1``", "Use :fep:`1` here."),
    ("See :func:``x``.", "B060", ":func:``x``", "See ``x``."),
    ("See :fep`1` here.", "B060", ":fep`1`", "See :fep:`1` here."),
    ("See :fep:7 here.", "B060", ":fep:7", None),
    ("See :func:flask.run here.", "B060", ":func:flask.run", None),
    ("See :pep:'8' here.", "B060", ":pep:'8'", None),
    ("See ::pep:8 here.", "B060", "::pep:8", None),
    ("See ::pep:`8` here.", "B060", ":", None),
    ("See :pep: `8` here.", "B060", ":pep: `8`", "See :pep:`8` here."),
    ("See `:pep:`8` here.", "B060", "`:pep:`8`", "See :pep:`8` here."),
    ("See `:func:`x` here.", "B060", "`:func:`x`", None),
    ("See :pep:`8`` here.", "B060", ":pep:`8``", "See :pep:`8` here."),
    ("Use :pep:`8`s and :pep:`9` here.", "B060", ":pep:`8`s and :pep:`9`", None),
    ("Use ``items``s and ``more`` here.", "B060", "``items``s and ``more``", None),
    ("Use `item`s and `more` here.", "B060", "`item`s and `more`", None),
    ("Use the`sum` here.", "B060", "`sum`", None),
    ("Use ``hello`` world`` here.", "B060", "``", None),
    ("Use a ` here.", "B060", "`", None),
    ("**See ``x`` here.**", "B060", "``x``", None),
    ("*See :pep:`8` here.*", "B060", "`8`", None),
    ("It is im**port**ant.", "B060", "**port**", None),
    ("\u8fd9\u662f**\u7c97\u4f53**\u3002", "B060", "**\u7c97\u4f53**", None),
    ("\u3053\u308c\u306f*x*\u3067\u3059", "B060", "*x*", None),
    ("It is ** important ** here.", "B060", "** important **", None),
    ("In C:\\temp it is.", "B068", "\\t", None),
    ("Print \\n here.", "B068", "\\n", None),
    ("Print \\xe9 here.", "B068", "\\x", None),
    ("Use `code`` here.", "B060", "`code``", "Use ``code`` here."),
    ("It is long-\nterm.", "B067", "long-", None),
]
FOOTNOTES = [
    ("See [1_].", "[1_]", "See [1]_."),
    ("See [1_ here.", "[1_", "See [1]_ here."),
    ("See [1] _.", "[1] _", "See [1]_."),
    ("See [1]__.", "[1]__", "See [1]_."),
    ("See 1]_ here.", "1]_", "See [1]_ here."),
    ("See (1)_ here.", "(1)_", "See [1]_ here."),
    ("See [1].", "[1]", "See [1]_."),
    ("See this[1]_.", "[1]_", "See this [1]_."),
    ("See [ 1 ]_.", "[ 1 ]_", "See [1]_."),
    ("See [1, 2]_.", "[1, 2]_", "See [1, 2]_."),
    ("See [1_, and 2].", "[1_", "See [1_, and 2]."),
]
LINKS = [
    ("See `a<https://a.org/>`_ here.", "`a<https://a.org/>`_", False),
    ("See a <https://a.org/>`_ here.", "a <https://a.org/>`_", False),
    ("<https://a.org/>`__ is it.", "<https://a.org/>`__", False),
    ("__https://a.org/", "__", True),
    ("_a: https://a.org/", "_a: ", False),
    (".. a_: https://a.org/", ".. a_: https://a.org/", True),
]


@pytest.mark.parametrize(("text", "code", "source", "expected"), INLINE)
def test_inline_markup(
    text: str, code: str, source: str, expected: str | None, process: Process
) -> None:
    assert found(text, process) == [(code, 1, source)]
    assert fixed(text, process) == (expected or text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It is long-\nterm, line based- not more.\n\nBoth, pre- and postfix.", ["long-"]),
        ("Diffs are line based- you change a line-\nit is new.\n\nUse it- please.", []),
    ],
)
def test_hyphens_for_dashes_split_no_word(text: str, expected: list[str], process: Process) -> None:
    assert [source for _code, _line, source in found(text, process)] == expected


@pytest.mark.parametrize(("text", "source", "expected"), FOOTNOTES)
def test_references_to_footnotes(text: str, source: str, expected: str, process: Process) -> None:
    note = "\n\n.. [1] Since Flask 2."
    assert found(f"{text}{note}", process) == [("B062", 1, source)]
    assert fixed(f"{text}{note}", process) == f"{expected}{note}"


@pytest.mark.parametrize("label", ["[1]text", "[1]: text", "[^1]: text"])
def test_footnotes_that_are_comments(label: str, process: Process) -> None:
    text = f"See [1]_.\n\n.. {label}"
    assert ("B062", 3, f".. {label}") in found(text, process)
    assert fixed(text, process) == "See [1]_.\n\n.. [1] text"


@pytest.mark.parametrize(("text", "source", "is_fixed"), LINKS)
def test_links(text: str, source: str, is_fixed: bool, process: Process) -> None:
    assert found(text, process) == [("B063", 1, source)]
    assert (fixed(text, process) != text) == is_fixed
    if is_fixed and not text.startswith("__"):  # no link leads to it
        assert found(fixed(text, process), process) == []


# Blocks ------------------------------------------------------------------------------------

BLOCKS = [
    ("... note:: Take care.", "B061", 1, "... note::", ".. note:: Take care."),
    ("..note:: Take care.", "B061", 1, "..note::", ".. note:: Take care."),
    (". . note:: Take care.", "B061", 1, ". . note::", ".. note:: Take care."),
    ("\u2026note:: Take care.", "B061", 1, "\u2026note::", ".. note:: Take care."),
    ("note:: Take care.", "B061", 1, "note::", ".. note:: Take care."),
    ("code-block:: python", "B061", 1, "code-block::", None),
    ("..toctree:: x", "B061", 1, "..toctree::", None),
    ("Text.\n.. note:: Take care.", "B061", 2, ".. note:: Take care.", None),
    ("Text.\n.. _name: https://a.org/", "B061", 2, ".. _name: https://a.org/", None),
    (".._name: https://a.org/", "B061", 1, "..", ".. _name: https://a.org/"),
    ("..[1] Text.", "B061", 1, "..", None),
    (".. note:Take care.", "B009", 1, ".. note:Take care.", ".. note:: Take care."),
    (".. note::Take care.", "B009", 1, ".. note::Take care.", ".. note:: Take care."),
    (".. note::take care.", "B009", 1, ".. note::take care.", ".. note:: take care."),
    (
        ".. code-block::python\n\n   x",
        "B009",
        1,
        ".. code-block::python",
        ".. code-block:: python\n\n   x",
    ),
    (
        ".. code-block:python\n\n   x",
        "B009",
        1,
        ".. code-block:python",
        ".. code-block:: python\n\n   x",
    ),
    ("..note::take care.", "B061", 1, "..note::", ".. note:: take care."),
    (".. note Take care.", "B009", 1, ".. note Take care.", ".. note:: Take care."),
    (".. image: a.png", "B009", 1, ".. image: a.png", None),
    (".. code python\n\n   x = 1", "B009", 1, ".. code python", ".. code:: python\n\n   x = 1"),
    (".. code-block:: python\n   x = 1", "B065", 2, "x = 1", None),
    (".. code-block:: python\n\nText.", "B065", 1, ".. code-block:: python", None),
    (".. code-block:: python\n\n   :caption: x\n\n   y = 1", "B065", 3, ":caption: x", None),
    ("- a\n  - b\n- c", "B064", 2, "-", None),
    ("* a\n  * b\n  * c", "B064", 2, "*", None),
    ("1. a\n   - b\n2. c", "B064", 2, "-", None),
    ("- a\n  a. b\n  b. c", "B064", 2, "a.", None),
    ("Options:\n- a\n- b", "B064", 2, "-", None),
    ("Options\n1. a\n2. b", "B064", 2, "1.", None),
    ("1. a\n3. b", "B064", 2, "3.", None),
    ("1) a\n1) b", "B064", 2, "1)", None),
    ("1.First\n2.Second", "B064", 1, "1.", None),
    ("#. a\n#.b", "B064", 2, "#.", None),
    ("\u25cf a\n\u25cf b", "B064", 1, "\u25cf", None),
    ("Code:\n\n    def f():\n        return 1", "B065", 3, "def f():", None),
    ("Code:\n\n\tdef f():\n\t\treturn 1", "B065", 3, "def f():", None),
    ("Code:\n\n    $ pip install flask", "B065", 3, "$ pip install flask", None),
    ("Code:\n    x = 1\n    y = 2", "B065", 2, "x = 1", None),
    ("Example::\n    x = 1", "B065", 1, "Example::", None),
    ("a\n  b\nExample::\n  x = 1\n\n  y = 2", "B065", 3, "Example::", None),
    ("Code:\n>>> x = 1", "B065", 2, ">>> x = 1", None),
    ("- a line that is\n   wrapped here", "B066", 1, "- a line that is", None),
    ("1. a\n\n b\n\n2. c", "B066", 3, "b", None),
    ("1. a\n\n  b", "B066", 3, "b", None),
    ("10. a\n11. b\n\n   c", "B066", 4, "c", None),
    ("- a\n\n - b", "B066", 3, "- b", None),
    ("a::\n\n   x\n\n Next::\n\n   y", "B066", 5, "Next::", None),
    ("Title\n==\n\nText.", "B007", 2, "==", "Title\n=====\n\nText."),
    ("Text.\nTitle\n=====\n\nText.", "B001", 2, "Title", None),
    ("Text.\n== ==\na  b\n== ==", "B001", 2, "== ==", None),
]


@pytest.mark.parametrize(("text", "code", "line", "source", "expected"), BLOCKS)
def test_blocks(
    text: str, code: str, line: int, source: str, expected: str | None, process: Process
) -> None:
    left_out = {"B006", "B036"} if expected is None else set()
    assert [f for f in found(text, process) if f[0] not in left_out] == [(code, line, source)]
    if expected is not None:
        assert fixed(text, process) == expected


# Markdown ----------------------------------------------------------------------------------

MARKDOWN = [
    ("Use ```code``` here.", "```code```", "Use ``code`` here."),
    ("It is ***so***.", "***so***", "It is **so**."),
    ("It is __very much so__.", "__very much so__", "It is **very much so**."),
    ("It is _very much so_.", "_very much so_", "It is *very much so*."),
    ("__Note:__ it is.", "__Note:__", "**Note:** it is."),
    ("It is ~~so~~.", "~~so~~", None),
    ("See [a b](https://a.org/).", "[a b](https://a.org/)", "See `a b <https://a.org/>`__."),
    ('See [a](https://a.org/ "b").', '[a](https://a.org/ "b")', "See `a <https://a.org/>`__."),
    ("See [a](https://a.org/b_(c)).", "[a](https://a.org/b_(c)", None),
    ("See [a](b/c.md).", "[a](b/c.md)", "See `a <b/c.md>`__."),
    ("See [a](../b).", "[a](../b)", "See `a <../b>`__."),
    ("See [a](#b).", "[a](#b)", None),
    ("See [``a``](https://a.org/).", "[``a``](https://a.org/)", None),
    ("Like ![a](https://a.org/a.png) here.", "![a](https://a.org/a.png)", None),
    ("See [^1] here.", "[^1]", None),
    ("[a]: https://a.org/", "[a]:", None),
    ("One<br>two.", "<br>", None),
    ("<!-- Nobody sees it. -->", "<!--", None),
    ("One&nbsp;two.", "&nbsp;", None),
    ("- [ ] Write it.", "[ ]", None),
    ("> It is so.", ">", None),
    ("x\n\n---\n\ny", "---", "x\n\n----\n\ny"),
    ("---", "---", None),
    ("a | b\n--- | ---\n1 | 2", "--- | ---", None),
    ("| a | b |\n| --- | --- |\n| 1 | 2 |", "--- | --- |", None),
    ("|a|b|\n|---|:-:|\n|1|2|", "|---|:-:|", None),
    ("##Title", "##Title", "Title\n====="),
    ("## A title ##", "## A title ##", "A title\n======="),
]


@pytest.mark.parametrize(("text", "source", "expected"), MARKDOWN)
def test_markdown(text: str, source: str, expected: str | None, process: Process) -> None:
    assert [(code, words) for code, _line, words in found(text, process)] == [("B038", source)]
    assert fixed(text, process) == (expected or text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("```python\nx = 1\n```", ".. code-block:: python\n\n   x = 1"),
        ("~~~\nx = *1\n\ny\n~~~\n\nText.", ".. code-block:: text\n\n   x = *1\n\n   y\n\nText."),
        ("A:\n```c\nx\n```\nB.", "A:\n\n.. code-block:: c\n\n   x\n\nB."),
        ("```\n\nx\n\n```\n\n``y`` *z*", ".. code-block:: text\n\n   x\n\n\n``y`` *z*"),
        ("```\na ``b``\n```\n\nx\n\n```\n*c\n```", None),
        ("- a\n\n  ```python\n  x\n  ```", None),
        ("```python\nx", None),
    ],
)
def test_fences(text: str, expected: str | None, process: Process) -> None:
    """Each is one finding at its first line, whatever is in the code."""
    lines = [number for number, line in enumerate(text.split("\n"), 1) if line.strip(" `~")]
    findings = found(text, process)
    assert {code for code, _line, _source in findings} == {"B069"}
    assert len(findings) == (2 if text.count("```") == 4 else 1)
    assert not {line for _code, line, _source in findings[1:]} & set(lines)
    if expected is not None:
        assert fixed(text, process) == expected


def test_levels_of_markdown_headings(process: Process) -> None:
    assert fixed("## One\n\nx\n\n### Two\n\ny", process) == "One\n===\n\nx\n\nTwo\n---\n\ny"


FIXED = [case[-1] for case in (*INLINE, *BLOCKS, *MARKDOWN) if isinstance(case[-1], str)]


@pytest.mark.parametrize("text", FIXED)
def test_a_fixed_text_has_no_new_finding(text: str, process: Process) -> None:
    # A link to a source file (B043) led nowhere in Markdown either.
    assert [finding for finding in found(text, process) if finding[0] != "B043"] == []


# What is fine ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("1. a\n3. b", "number the items in order"),
        ("2. a\n2. b", "number the items in order"),
        ("1. a\nb\n2. c", "put a blank line before the list, and indent the lines"),
        ("a\n1. b\n2. c", "put a blank line before the list, and indent the lines"),
    ],
)
def test_the_help_of_a_list_that_is_none(text: str, start: str, process: Process) -> None:
    (diagnostic,) = (d for d in lint(text, process) if d.code == "B064")
    assert (diagnostic.help or "").startswith(start)


@pytest.mark.parametrize(
    "text",
    [
        "Write ``[1_]``, ``:pep:`8```, ``... note::`` and ``[a](https://a.org/)``.",
        "::\n\n   ... note:: x\n   [1_] ```x``` <br> ~~x~~ | --- | --- |\n   - a\n     - b",
        ".. code-block:: rst\n\n   :fep:``1``\n\n   ```python\n   x\n   ```",
        "The '`' character, (`), and \"``\".",
        "Escaped: \\`x\\`, [1\\_], \\*\\*x\\*\\*, C:\\\\temp.",
        "See https://a.org/a_b__c_(d)#e and https://a.org/~~x~~/.",
        "``code``\\ s and ``code``\\s",
        "__init__, _name_, __all__.py, x__y__z and \\*\\*kwargs, 2 ** 3 ** 4, a*b*c.",
        "x[1], data[0][1], List[a](b), f(a)[1](b) and a[i]_j.",
        "The <a> tag, '<br>', List<b>, <name>, <civil time> and a < b > c.",
        "SLD has <Mark>, <Sub> and </Font>.",
        "The items gml_[x]_width and gml_[x]_size.",
        "use _private and other_\n\n.. _other: https://a.org/",
        "See [`a <https://a.org/>`__] and [b_].\n\n.. _b: https://a.org/",
        "... and so on.",
        "... and then::\n\n   x",
        "..then::\n\n   x",
        "Note::\n\n   x",
        ".. note to self: a comment",
        ".. see https://a.org/",
        "as in PEP\n380. It is so. In March\n2018) it was, in all of this line\n- as such -",
        "- ``run()``\n    starts it\n- ``stop()``\n    ends it",
        "- load(name) -> module\n     loads the module",
        "Example:\n\n    A quotation of many words. It is not code.",
        "A term\n   What it means.",
        "pre- and\npost-processing, pre-\nand post-processing",
        "====  ====\na     ---\n====  ====\n1     # 2\n====  ====",
        "| A line block\n| of two lines",
        "See \\PEP 8.",
        "\\A. Lovelace",
        "# TODO: more",
        "See [1_].\n\n.. _1: https://a.org/",
        "Text &c; a & b; AT&T; &name",
        "Text\n----\n\nx",
    ],
)
def test_text_that_is_fine(text: str, process: Process) -> None:
    assert found(text, process) == []


def test_equal_text_in_a_literal_is_not_the_position(process: Process) -> None:
    (finding,) = lint("Not ``[1_]`` but\n[1_].\n\n.. [1] x", process)
    assert (finding.span.line, finding.span.column) == (START.count("\n") + 2, 1)


def test_the_position_in_a_table(process: Process) -> None:
    assert found("====  ====\na     ```b```\n====  ====", process) == [("B038", 2, "```b```")]


# Sections ----------------------------------------------------------------------------------

FINAL = (
    "FEP: 7\nTitle: Typed views\nStatus: Final\nType: Informational\n\nAbstract\n========\n\nx\n\n"
)


def sections(body: str, process: Process) -> list[tuple[str, int, str]]:
    rules = [r for r in all_rules() if r.code in {"B010", "B017", "B018"}]
    diagnostics = testing.check_example(rules, f"{FINAL}{body}\n", process)
    return [
        (d.code, d.span.line - FINAL.count("\n"), d.message.partition("; ")[2])
        for d in diagnostics
        if "'Motivation'" in d.message or "'Rationale'" in d.message
    ]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("Motivation\n==========\n\nx", []),
        (
            "Motivation\n----------\n\nx",
            [
                (
                    "B017",
                    1,
                    "the title on line 11 is inside 'Abstract'; underline it with =, not with -",
                )
            ],
        ),
        (
            "MOTIVATION\n----------\n\nx",
            [
                (
                    "B017",
                    1,
                    "the title on line 11 is inside 'Abstract'; underline it with =, not with -",
                )
            ],
        ),
        (
            "**Motivation**\n\nx",
            [("B010", 1, "this line is no title; write Motivation and ========== below it")],
        ),
        (
            "## Motivation\n\nx",
            [("B010", 1, "this line is no title; write Motivation and ========== below it")],
        ),
        (
            "Motivation:\n\nx",
            [("B010", 1, "this line is no title; write Motivation and ========== below it")],
        ),
        ("::\n\n   Motivation", [("B010", -7, "add it after 'Abstract'")]),
    ],
)
def test_the_reason_why_a_section_is_missing(
    body: str, expected: list[tuple[str, int, str]], process: Process
) -> None:
    assert sections(body, process) == expected


def test_a_section_with_subsections_is_not_moved_by_a_fix(process: Process) -> None:
    body = "Motivation\n----------\n\nx\n\nOne\n~~~\n\ny"
    (rule,) = (r for r in all_rules() if r.code == "B017")
    diagnostics = testing.check_example(rule, f"{FINAL}{body}\n", process)
    assert [d.edits for d in diagnostics if "'Motivation'" in d.message] == [()]


def test_an_optional_section_is_reported_where_it_is_swallowed(process: Process) -> None:
    rules = [r for r in all_rules() if r.code == "B018"]
    text = f"{FINAL}Rationale\n---------\n\nx\n".replace("Final", "Draft")
    (diagnostic,) = testing.check_example(rules, text, process)
    assert diagnostic.message.startswith("'Rationale' is no section: the title on line 11")
