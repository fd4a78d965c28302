"""Drafts: what becomes of Markdown and reStructuredText, and of what neither has."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.diagnostics import CheckOptions, Severity
from fep_tools.editing.create import create_proposal, NewProposal
from fep_tools.editing.draft_files import read_draft
from fep_tools.editing.drafts import Draft
from fep_tools.errors import FepError
from fep_tools.process.model import Process
from fep_tools.proposals.model import build_vocabulary
from fep_tools.proposals.rst.parser import parse_body
from fep_tools.repository import Repository

from ..conftest import TODAY

TABLE = ".. list-table::\n   :header-rows: 1\n\n"


def read(text: str, process: Process, name: str = "draft.md") -> Draft:
    return read_draft(text.encode(), name, process)


def body(text: str, process: Process) -> tuple[str, list[str]]:
    """Return the text above the first title of a draft, and what was lost."""
    draft = read(text, process)
    return draft.sections[0].text, draft.losses


@pytest.mark.parametrize(
    ("markdown", "rst"),
    [
        ("Plain text,\nas it is.", "Plain text,\nas it is."),
        ("**bold** and *em*", "**bold** and *em*"),
        ("__bold__ and _em_ and ***both***", "**bold** and *em* and **both**"),
        ("**bold `code` bold**", "**bold** ``code`` **bold**"),
        ("**bold *em* bold**", "**bold em bold**"),
        ("im**port**ant `x`s", "im\\ **port**\\ ant ``x``\\ s"),
        ("`a\\b` and `` `a` `` and `a<b`", "``a\\b`` and :literal:`\\`a\\`` and ``a<b``"),
        ("\\*args, a*b, name_ and |x|", "\\*args, a\\*b, name\\_ and \\|x\\|"),
        ("[a b](https://a.org/)", "`a b <https://a.org/>`__"),
        ("[a](https://a.org/b_)", "`a <https://a.org/b\\_>`__"),
        ("[`a` *b*](../c.md)", "`a b <../c.md>`__"),
        ("<https://a.org/> https://b.org/", "https://a.org/ https://b.org/"),
        ("[a][1]\n\n[1]: https://a.org/", "`a <https://a.org/>`__"),
        ("<b>a</b> <em>b</em> <code>c</code>", "**a** *b* ``c``"),
        ("<kbd>Ctrl</kbd>+<kbd>C</kbd>", "``Ctrl``\\ +\\ ``C``"),
        ("H<sub>2</sub>O", "H\\ :sub:`2`\\ O"),
        ("a  \nb<br>c", "| a\n| b\n| c"),
        ("![a b](c.png)", ".. image:: c.png\n   :alt: a b"),
        ("a ![b](c.png)", "a |image 1|\n\n.. |image 1| image:: c.png\n   :alt: b"),
        ("```sh\nx=`date`\n```", ".. code-block:: sh\n\n   x=`date`"),
        ("~~~\nx\n~~~", ".. code-block:: text\n\n   x"),
        ("    x = 1\n\n      y", ".. code-block:: text\n\n   x = 1\n\n     y"),
        ("- a\n- b", "- a\n- b"),
        ("* a\n  * b\n* c", "- a\n\n  - b\n\n- c"),
        ("3. a\n4. b", "3. a\n4. b"),
        ("10. a\n\n    b", "10. a\n\n    b"),
        ("- a\n\n  ```\n  b\n  ```", "- a\n\n  .. code-block:: text\n\n     b"),
        ("- a\n\n+ b", "- a\n\n..\n\n- b"),
        ("- [ ] a\n- [x] b", "- \u2610 a\n- \u2611 b"),
        ("> a\n> b", "   a\n   b"),
        ("- a\n\n> b", "- a\n\n..\n\n   b"),
        (
            "| a | b |\n|---|--:|\n| `1` | |",
            f"{TABLE}   * - a\n     - b\n   * - ``1``\n     -",
        ),
        # A row with less cells than columns
        (
            "| a | b |\n|---|---|\n| 1 |\n| 2 | \\| |",
            f"{TABLE}   * - a\n     - b\n   * - 1\n     -\n   * - 2\n     - \\|",
        ),
        ("1 &lt; 2 &amp;&#42; &copy; `&lt;`", "1 < 2 &\\* \xa9 ``&lt;``"),
        (
            "a[^1] b[^x]\n\n[^1]: One.\n[^x]: Two.",
            "a\\ [1]_ b\\ [2]_\n\n.. [1] One.\n\n.. [2] Two.",
        ),
        # Footnotes in a list, in a quotation, and in a footnote
        ("- a[^x]\n\n  [^x]: One two.", "- a\\ [1]_\n\n.. [1] One two."),
        ("> a[^x]\n>\n> [^x]: https://a.org/", "   a\\ [1]_\n\n.. [1] https://a.org/"),
        ("a\n: b[^x]\n\n  [^x]: One.", "a\n   b\\ [1]_\n\n.. [1] One."),
        (
            "a[^x]\n\n[^x]: One\n    two\n\n    - b\n      c\n\n        d",
            "a\\ [1]_\n\n.. [1] One\n   two\n\n   - b\n     c\n\n     d",
        ),
        ("a[^x]\n\n[^x]:\n  b\n\n  c", "a\\ [1]_\n\n.. [1] b\n\n   c"),
        ("1. - a[^x]\n\n     [^x]: One.", "1. - a\\ [1]_\n\n.. [1] One."),
        (
            "a[^x]\n\n[^x]: One[^y].\n\n    [^y]: Two.",
            "a\\ [1]_\n\n.. [1] One\\ [2]_.\n\n.. [2] Two.",
        ),
        # Directives
        ("```{note} a\nb\n```", ".. note::\n\n   a\n   b"),
        ("~~~ {Tip}\n- a\n- `b`\n~~~", ".. tip::\n\n   - a\n   - ``b``"),
        ("```{warning} a\n```\n\n> b", ".. warning::\n\n   a\n\n..\n\n   b"),
        ("~~~{admonition} `a` *b*\n# c\n~~~", ".. admonition:: ``a`` *b*\n\n   **c**"),
        ("- a\n\n  ```{danger} b\n  ```", "- a\n\n  .. danger::\n\n     b"),
        (
            "````{note} a[^x]\n```{hint}\nb\n```\n````\n\n[^x]: c",
            ".. note::\n\n   a\\ [1]_\n\n   .. hint::\n\n      b\n\n.. [1] c",
        ),
        ("```{code-block} python\nx\n```", ".. code-block:: python\n\n   x"),
        ("```{code}\nx\n```", ".. code-block:: text\n\n   x"),
        ("a\n: b", "a\n   b"),
        ("<!-- a\nb -->", "..\n   a\n   b"),
        ("A. Lovelace", "\\A. Lovelace"),
        ("Like this::", "Like this:\\:"),
        (".. a", "\\.. a"),
        ("a\n\n---\n\nb", "a\n\n----\n\nb"),
        ("---\n\na", "a"),
    ],
)
def test_markdown(markdown: str, rst: str, process: Process) -> None:
    assert body(markdown, process) == (rst, [])
    problems = parse_body(f"\n{rst}\n", build_vocabulary(process)).problems
    assert [p for p in problems if p.kind != "markup" or "start or the end" not in p.message] == []


@pytest.mark.parametrize(
    ("markdown", "rst", "loss"),
    [
        (
            "~~a~~ b",
            "a b",
            '"a" is no longer struck through: remove it, or say that it is outdated',
        ),
        ('[a](https://b.org/ "c")', "`a <https://b.org/>`__", 'the tooltip "c" of a link was left'),
        ("[a](#b)", "a", 'the link to "#b" was left out: the draft has no such section'),
        ("![a](https://b.org/c.png)", "`a <https://b.org/c.png>`__", "became a link"),
        ("<u>a</u>", "a", "the HTML tag <u> was left out, and its text was kept"),
        ("a <!-- b --> c", "a  c", 'the comment "<!-- b -->" was left out'),
        ("<details><summary>a</summary>\n\nb\n\n</details>", "**a**\n\nb", "were left out"),
        ("<table><tr><td>a</td></tr></table>", ".. code-block:: html\n\n   <table>", "became code"),
        (
            "a|b\n-|-\n1|2|3",
            f"{TABLE}   * - a\n     - b\n   * - 1\n     - 2",
            'a cell without a column was left out of a table: "3"',
        ),
        (
            "---\ntitle: a\n---\n# b\n\n## c",
            "",
            'the first heading, "b", is not the title; it was left out',
        ),
        ("a\n\n[^1]: b", "a\n\n.. [#] b", 'nothing refers to the footnote "1"'),
        ("- # [a](b.md)", "- **a**", 'the link to "b.md" in a title was left out'),
        ("> # a <!-- b -->", "   **a**", 'the HTML "<!-- b -->" in a title was left out'),
        ("# [a](b.md)\n\n## c", "", 'the link to "b.md" in a title was left out'),
        ("- a\n\n  [^1]: b", "- a\n\n.. [#] b", 'nothing refers to the footnote "1"'),
        ("[^1]: a[^2]\n\n[^2]: b", ".. [1] b\n\n.. [#] a\\ [1]_", 'the footnote "1"'),
        (
            "a[^x]\n\n[^x]: b\n[^X]: c\n    d",
            "a\\ [1]_\n\n.. [1] b\n\n   c\n   d",
            'the footnote "x" is defined again: it has both texts now',
        ),
        (
            "```{figure} a.png\n:alt: b\nc\n```",
            ".. code-block:: text\n\n   {figure} a.png\n   :alt: b\n   c",
            'the directive "figure" became code',
        ),
        ("```{note}\n```", ".. code-block:: text\n\n   {note}", 'the directive "note" became code'),
        ("```{admonition}\na\n```", ".. code-block:: text\n\n   {admonition}\n   a", "became code"),
        (
            "```{note} a\n:class: b\n:name: c\n\nd\n```",
            ".. note::\n\n   a\n   d",
            'the options of the directive "note" were left out: :class: b :name: c',
        ),
        (
            "```{code} py\n---\ncaption: b\n---\n\nc\n```",
            ".. code-block:: py\n\n   c",
            'the options of the directive "code" were left out: --- caption: b ---',
        ),
        (
            "```python title=a.py {1,3}\nx\n```",
            ".. code-block:: python\n\n   x",
            '"title=a.py {1,3}" after the language of a code block was left out',
        ),
        ("```{.python}\nx\n```", ".. code-block:: text\n\n   x", '"{.python}" after the lang'),
        ('![a](b.png "c")', ".. image:: b.png\n   :alt: a", 'the tooltip "c" of an image was left'),
        ('a ![b](c.png "d")', "a |image 1|", 'the tooltip "d" of an image was left out'),
        (
            "a\n\n[b]: https://c.org 'd'",
            "a",
            """nothing uses the link "[b]: https://c.org 'd'"; it was left out""",
        ),
        (
            "[b]\n\n[b]: https://c.org\n[B]: https://d.org",
            "`b <https://c.org>`__",
            'a link is defined again, which was left out: "[B]: https://d.org"',
        ),
    ],
)
def test_what_is_lost_is_said(markdown: str, rst: str, loss: str, process: Process) -> None:
    text, losses = body(markdown, process)
    assert text.startswith(rst)
    assert loss in losses[0]


def test_an_entity_of_an_invisible_character_stays(process: Process) -> None:
    assert body("a&#8203;b&nope;&zwj;", process) == ("a&#8203;b&nope;&zwj;", [])


def test_text_that_looks_like_a_definition_is_no_loss(process: Process) -> None:
    text = "[b]\n\n[b]: https://c.org\n\na\n[b]: https://d.org"
    assert body(text, process) == (
        "`b <https://c.org>`__\n\na\n`b <https://c.org>`__: https://d.org",
        [],
    )


def test_directives_inside_each_other_have_a_limit(process: Process) -> None:
    depth = 50
    text = "".join(f"{'`' * (depth + 3 - n)}{{note}} a{n}\n" for n in range(depth))
    result, losses = body(text, process)
    assert all(f"a{n}" in result for n in range(depth))
    assert losses == ['the directive "note" became code']


@pytest.mark.parametrize(
    "text",
    [
        "- One[^a].\n\n  [^a]: two three\n\n> four[^b]\n>\n> [^b]: five\n> [^b]: six",
        "````{warning} one\n---\nclass: two\n---\nthree\n\n```{figure} four.png\nfive\n```\n````",
        "```{list-table} one\n:header-rows: 2\n\n* - three\n```",
        "```python one=two\nthree\n```\n\n~~~ four five\nsix\n~~~",
        "[one]: two.md 'three'\n[one]: four.md\n[five]: six.md",
        "| one[^a] | two |\n|---|---|\n| three | ![four](five.png 'six') |\n\n[^a]: seven",
        "one\n: two[^a]\n\n[^a]: three\n\n    - four\n\n    ```{note} five\n    six\n    ```",
    ],
)
def test_every_word_is_in_the_text_or_in_a_note(text: str, process: Process) -> None:
    result, losses = body(text, process)
    words = set(re.findall(r"[a-z]{3,}|\d", text))
    assert words - set(re.findall(r"[a-z]{3,}|\d", "\n".join([result, *losses]))) == set()


def test_long_lines_are_wrapped(process: Process) -> None:
    text, _losses = body("`some code` and [a link](https://a.org/) " * 50, process)
    assert max(map(len, text.split("\n"))) < 80
    assert len(text.split()) == 50 * 6


@pytest.mark.parametrize(
    ("text", "title", "titles"),
    [
        ("# T\n\n## A\n\n## B", "T", ["", "A", "B"]),
        ("T\n===\n\nA\n---\n\nB\n---", "T", ["", "A", "B"]),
        ("# T\n\n## A\n\n# B", "T", ["", "A", "B"]),
        ("# Abstract\n\nx\n\n# B\n\n## C", "", ["", "Abstract", "B"]),
        ("## Abstract\n\nx", "", ["", "Abstract"]),
        ("x", "", [""]),
        ("", "", [""]),
        ("---\ntitle: 'F: T'\n---\n# T\n\n## A", "F: T", ["", "A"]),
        ("Title: F\nAuthor: x\n\n# A\n\n# B", "F", ["", "A", "B"]),
    ],
)
def test_titles(text: str, title: str, titles: list[str], process: Process) -> None:
    draft = read(text, process)
    assert draft.title == title
    assert [section.title for section in draft.sections] == titles


def test_subsections_have_the_levels_of_their_nesting(process: Process) -> None:
    (_lead, section) = read("# T\n\n## A\n\n#### B\n\n##### C\n\n### D", process).sections
    assert section.heading == "A\n===="
    assert section.text == "B\n----\n\nC\n~~~~\n\nD\n----"


def test_links_to_sections(process: Process) -> None:
    draft = read(
        "# T\n\n[How it works](#how-it-works), [so](#how-it-works)\n\n## How it works", process
    )
    assert draft.sections[0].text == "`How it works`_, `so <How it works_>`__"


@pytest.mark.parametrize(
    ("text", "author", "type_", "losses"),
    [
        ("---\nauthor: Ada Lovelace (@ada)\n---\nx", "Ada Lovelace", "", []),
        ("---\nauthors:\n  - Ada\n  - Bob\n---\nx", "Ada, Bob", "", []),
        ("---\nauthors: [Ada, 'Bob']\ntype: Process\n---\nx", "Ada, Bob", "Process", []),
        ("---\neip: 1\nstatus: Draft\n---\nx", "", "", ["headers that were not used: eip, status"]),
        ("a: b\n\nx", "", "", []),
    ],
)
def test_front_matter(
    text: str, author: str, type_: str, losses: list[str], process: Process
) -> None:
    draft = read(text, process)
    assert (draft.author, draft.type, draft.losses) == (author, type_, losses)


@pytest.mark.parametrize(
    ("data", "name", "message"),
    [
        (b"x", "draft.docx", '"draft.docx" is no draft; use a .md or .rst file'),
        (b"x", "draft", '"draft" is no draft'),
        (b"\xff", "draft.md", "is not UTF-8; save it as UTF-8"),
        (b"x" * (1024 * 1024 + 1), "draft.md", "is too large; a proposal has at most 1 MiB"),
    ],
)
def test_files_that_are_no_drafts(data: bytes, name: str, message: str, process: Process) -> None:
    with pytest.raises(FepError, match=re.escape(message)):
        read_draft(data, name, process)


# Proposals ---------------------------------------------------------------------------------

MARKDOWN = """\
---
author: Ada Lovelace
type: informational
---
# Typed views

A view may declare what it returns; see [why](#motivaton).

## Motivaton

Types are repeated by hand.

## How it works

```python
@app.get("/")
def index() -> str: ...
```
"""

RST = """\
===========
Typed views
===========

A view may declare what it returns.

Motivation
----------

Types are repeated *by hand*::

   x = 1

More
~~~~

y
"""


def create(checkout: Callable[..., Path], text: str, name: str) -> tuple[str, Repository, str]:
    repository = Repository.open(checkout())
    draft = read(text, repository.process, name)
    new = NewProposal(draft.title, "Informational", "Ada Lovelace", TODAY)
    path = create_proposal(repository, new, draft)
    return (repository.root / path).read_text("utf-8"), repository, path


def test_markdown_becomes_a_proposal(checkout: Callable[..., Path]) -> None:
    """The lead is the abstract, a title is corrected, and a required section is added."""
    text, repository, path = create(checkout, MARKDOWN, "draft.md")
    assert "Title: Typed views\n" in text
    titles = re.findall(r"^(.+)\n=+$", text, re.MULTILINE)
    assert titles == ["Abstract", "Motivation", "How it works", "Copyright"]
    assert "see `why <Motivation_>`__" in text
    assert '.. code-block:: python\n\n   @app.get("/")\n   def index() -> str: ...\n' in text
    result = Repository.open(repository.root).check(CheckOptions(TODAY, (path,), jobs=1))
    assert [d.message for d in result.diagnostics if d.severity is not Severity.STYLE] == []


def test_a_footnote_in_a_list_and_a_directive_leave_no_findings(
    checkout: Callable[..., Path],
) -> None:
    markdown = (
        "# N\n\n## Abstract\n\n- Views [^a].\n\n  [^a]: https://example.org/7\n\n"
        "```{note} Never in production\nSee below.\n```\n\n## Motivation\n\nx\n"
    )
    text, repository, path = create(checkout, markdown, "draft.md")
    assert "- Views [1]_.\n" in text
    assert "\n.. [1] https://example.org/7\n" in text
    assert "\n.. note::\n\n   Never in production\n   See below.\n" in text
    result = Repository.open(repository.root).check(CheckOptions(TODAY, (path,), jobs=1))
    assert [d.message for d in result.diagnostics if d.severity is not Severity.STYLE] == []


def test_rst_becomes_the_body(checkout: Callable[..., Path]) -> None:
    text, repository, path = create(checkout, RST, "draft.rst")
    titles = re.findall(r"^(.+)\n(-+|~+)$", text, re.MULTILINE)
    assert [title for title, _line in titles] == ["Abstract", "Motivation", "More", "Copyright"]
    assert "Types are repeated *by hand*::\n\n   x = 1\n\nMore\n~~~~\n\ny\n" in text
    result = Repository.open(repository.root).check(CheckOptions(TODAY, (path,), jobs=1))
    assert [d.message for d in result.diagnostics if d.severity is not Severity.STYLE] == []


@pytest.mark.parametrize(
    ("link", "renamed"),
    [
        ("See Motivaton_.", "See `Motivation`_."),
        ("See `motivaton`_.", "See `Motivation`_."),
        ("See `why\n<Motivaton_>`__.", "See `why\n<Motivation_>`__."),
        ("See `Motivaton`__, a_Motivaton_ and Motivaton.", ""),
    ],
)
def test_links_to_a_corrected_title_are_renamed(
    link: str, renamed: str, checkout: Callable[..., Path]
) -> None:
    draft = RST.replace("Motivation\n----------", "Motivaton\n---------").replace(
        "y\n", f"{link}\n"
    )
    text, _repository, _path = create(checkout, draft, "draft.rst")
    assert "\nMotivation\n----------\n" in text
    assert f"\n{renamed or link}\n" in text
