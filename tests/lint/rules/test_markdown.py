"""What each rule does in a proposal in Markdown, and how its advice is worded there."""

import pytest

from fep_tools.lint.registry import all_rules
from fep_tools.lint.testing import check_example
from fep_tools.process.loader import parse_process
from fep_tools.process.model import Process

# Rules about the syntax of reStructuredText, which Markdown does not have.
OFF = {
    "B007": "underlines of titles",
    "B008": "single backticks, which are code in Markdown",
    "B009": "the colons of directives",
    "B020": "URLs that could be roles",
    "B024": "literals that could be roles",
    "B025": "mentions that could be roles",
    "B038": "Markdown itself",
    "B043": "links to source files, which the site resolves",
    "B060": "literals and roles that were not recognised",
    "B061": "directives that were not recognised",
    "B062": "references to footnotes that were not recognised",
    "B063": "links that were not recognised",
    "B064": "lists without a blank line",
    "B065": "code without its two colons",
    "B066": "indentation that makes quotations",
    "B067": "hyphens at line ends, as in reStructuredText",
    "B068": "backslashes, which both escape differently",
    "B069": "Markdown fences",
    "B076": "URLs that could be roles",
    "B090": "included files, which only reStructuredText has",
}
FIXED = {"B073": "blank lines at the end", "B074": "quotation marks"}

HEAD = '---\nFEP: 7\nTitle: "Views"\nStatus: Draft\nType: Process\n---\n\n'


@pytest.fixture
def markdown(process: Process) -> Process:
    text = process.source[1].replace('"rfc2822"', '"yaml"', 1).replace(".rst", ".md")
    return parse_process(text, "process.toml")


def test_the_rules_on_texts_and_relations_are_on_or_off() -> None:
    rules = [rule for rule in all_rules() if rule.code[0] in "BL"]
    assert {rule.code for rule in rules if rule.markdown == "off"} == set(OFF)
    bodies = [rule for rule in rules if rule.code.startswith("B")]
    assert {rule.code for rule in bodies if rule.markdown == "fixed"} == set(FIXED)
    relations = [rule for rule in rules if rule.code.startswith("L")]
    assert {rule.markdown for rule in relations} == {"fixed"}  # they are about headers


@pytest.mark.parametrize(
    ("code", "body", "message"),
    [
        ("B001", "## A\n\n#### B\n\nText.\n", "the heading has level 4, below one of level 2"),
        ("B001", "## A\n\nText[^no].\n", 'there is no footnote "[^no]"'),
        ("B003", "```{include} a.md\n```\n",
         'the directive "include" is not allowed; write it as text, or as code without braces'),
        ("B003", "```{csv-table} T\n:file: a.csv\n```\n",
         'the option :file: of "csv-table" reads another file; write its content here'),
        ("B003", "```{eval-rst}\n.. raw:: html\n```\n",
         'the directive "eval-rst" is not allowed; write it as text, or as code without braces'),
        ("B004", "{raw-html}`x`\n", 'the role "raw-html" is unknown; use `code` instead'),
        ("B004", "{kdb}`x`\n", 'the role "kdb" is unknown; did you mean {kbd}?'),
        ("B005", "[a](javascript:x)\n",
         'the link "javascript:x" begins with javascript:; use https://'),
        ("B021", "[a](fep-0099.md)\n",
         "the link leads to FEP 99, which does not exist; correct the number"),
        ("B022", "[FEP 8](./fep-0007.md)\n",
         'the link text is "FEP 8", but the link leads to FEP 7; change one of them'),
        ("B023", "## A b\n\n[a](fep-0007.md#a-c)\n",
         'FEP 7 has no section "a-c"; did you mean #a-b?'),
        ("B037", "```pyhton\nx\n```\n", 'no language is called "pyhton"; write python'),
        ("B040", "[^1]: Text.\n", 'nothing refers to the footnote "[1]"'),
        ("B041", "{ref}`x`\n",
         'there is no label "x" in this proposal; write (x)= above the title that it is for'),
        ("B042", "## A b\n\n[x](#a-c)\n", 'the page has no anchor "#a-c"; did you mean "#a-b"?'),
        ("B050", "```python\n$\n```\n", '"$" is not python code'),
        ("B051", "A $\\no$ b.\n",
         'the formula "\\no" cannot be converted: unknown LaTeX command "\\no"'),
        ("B078", "A <b>view</b>.\n", '"<b>" is HTML, which is shown as it is written'),
    ],
)  # fmt: skip
def test_messages_are_in_terms_of_markdown(
    code: str, body: str, message: str, markdown: Process
) -> None:
    rules = [rule for rule in all_rules() if rule.code == code]
    first, *_ = check_example(rules, f"# proposals/fep-0007.md\n{HEAD}{body}", markdown)
    assert first.message == message
    assert not first.edits
    assert "``" not in first.help


@pytest.mark.parametrize("body", ["`a`", "**a**", "* a\n* b", "```\na\n```", "# A\n\nb", "[a]: b"])
def test_markdown_is_no_finding_of_rules_on_syntax(body: str, markdown: Process) -> None:
    rules = [rule for rule in all_rules() if rule.code in OFF or rule.code == "B001"]
    assert check_example(rules, f"# proposals/fep-0007.md\n{HEAD}{body}\n", markdown) == []


@pytest.mark.parametrize(("blanks", "is_found"), [(" ", True), ("  ", False), ("\t", True)])
def test_two_spaces_at_the_end_are_a_line_break(
    blanks: str, is_found: bool, markdown: Process
) -> None:
    rules = [rule for rule in all_rules() if rule.code == "C017"]
    text = f"# proposals/fep-0007.md\n{HEAD}a{blanks}\nb\n"
    assert bool(check_example(rules, text, markdown)) is is_found


def test_a_section_that_is_missing_gets_no_fix(markdown: Process) -> None:
    found = check_example(all_rules(), f"# proposals/fep-0007.md\n{HEAD}## Abstact\n", markdown)
    assert {d.code for d in found if d.edits} <= {"B073", "B074"} | {
        d.code for d in found if not d.code.startswith("B")
    }


@pytest.mark.parametrize(
    "body",
    [
        "## Abstract",
        "## Copyright",
        "## A\n\n### Copyright",
        "## Abstact",
        "# A\n## A",
        "<!-- fep: ignore[B010] x -->\n## A",
        "x\n\n<!-- fep: ignore[B010] x -->\n\n## A\n## B",
        "A\n=",
        "[^1]:",
        "```",
        "````{note}",
        "$$",
        "<!--",
        "|a|\n|-|",
        "> [!NOTE]",
        "- [ ] ",
        "![]()",
        "[]()",
        "<a name=x>",
        "</sub>",
        "<sub>",
        "{ref}``",
        "\\",
        "&#0;",
        "# <br>",
    ],
)
def test_texts_that_end_at_once(body: str, markdown: Process) -> None:
    for text in (body, f"{body}\n"):
        found = check_example(all_rules(), f"# proposals/fep-0007.md\n{HEAD}{text}", markdown)
        assert not [d for d in found if d.code == "B002"]


def test_a_comment_suppresses(markdown: Process) -> None:
    rules = [rule for rule in all_rules() if rule.code == "B078"]
    text = "A <b>x</b>.\n\n<!-- fep: ignore[B078] so old -->\n\nB <b>y</b>.\n"
    found = check_example(rules, f"# proposals/fep-0007.md\n{HEAD}{text}", markdown)
    assert [d.span.line for d in found] == [8, 8]


@pytest.mark.parametrize("comment", ["fep: ignore[B005] r", "fep:  ignore[B005] r",
                                     "fep:\n   ignore[B005] r"])  # fmt: skip
def test_a_comment_that_suppresses_is_reported_in_a_settled_text(
    comment: str, markdown: Process
) -> None:
    rules = [rule for rule in all_rules() if rule.code in {"B005", "C022"}]
    head = HEAD.replace("Draft", "Final")
    before, link = "## A\n\nText.\n", "<!-- {} -->\n[a](javascript:x)\n"
    states = (("base", before), ("head", before + "\n" + link.format(comment)))
    text = "".join(f"# {name}\n# proposals/fep-0007.md\n{head}{body}\n" for name, body in states)
    assert [d.code for d in check_example(rules, text, markdown)] == ["C022"]
