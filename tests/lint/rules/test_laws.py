"""Tests that every rule must pass. A new rule is included automatically."""

from __future__ import annotations

import ast
import inspect
import re
from pathlib import Path

import pytest

from fep_tools.diagnostics import Span
from fep_tools.lint import testing
from fep_tools.lint.fixes import apply_fixes
from fep_tools.lint.registry import all_rules
from fep_tools.lint.rule import FAMILIES, Rule
from fep_tools.lint.rule import rule as make_rule
from fep_tools.process.model import Process
from fep_tools.proposals.rst import parser as rst
from fep_tools.proposals.vocabulary import Vocabulary

each_rule = pytest.mark.parametrize("rule", all_rules(), ids=lambda rule: rule.name)


@each_rule
def test_bad_is_reported_inside_the_example(rule: Rule, process: Process) -> None:
    diagnostics = testing.check_example(rule, rule.bad, process)
    files = testing.parse_corpus(rule.bad, process).by_path
    assert diagnostics
    for diagnostic in diagnostics:
        assert diagnostic.code == rule.code
        if diagnostic.path in files and "# base" not in rule.bad:
            assert (
                1
                <= diagnostic.span.line
                <= diagnostic.span.end_line
                <= len(files[diagnostic.path].lines)
            )
            assert diagnostic.span < Span(diagnostic.span.end_line, 10**6)


@each_rule
def test_good_is_not_reported(rule: Rule, process: Process) -> None:
    assert testing.check_example(rule, rule.good, process) == []


@each_rule
def test_the_summary_is_one_line(rule: Rule) -> None:
    assert "\n" not in rule.summary


@each_rule
def test_fixing_bad_gives_good(rule: Rule, process: Process) -> None:
    diagnostics = testing.check_example(rule, rule.bad, process)
    edits = [edit for diagnostic in diagnostics for edit in diagnostic.edits]
    assert bool(edits) == rule.fixable
    if edits:
        assert _fixed(rule.bad, rule, process) == rule.good


def _fixed(example: str, rule: Rule, process: Process) -> str:
    """Return *example* with the edits of *rule* applied."""
    texts = {p.path: p.text for p in testing.parse_corpus(example, process)}
    # All at once: an edit of two lines would move what the next finding is about.
    texts |= apply_fixes(testing.check_example(rule, example, process), texts.__getitem__)
    if len(texts) == 1:
        return next(iter(texts.values()))
    return "\n".join(f"# {path}\n{text}" for path, text in texts.items())


@each_rule
def test_message_is_a_sentence_without_machinery(rule: Rule, process: Process) -> None:
    for diagnostic in testing.check_example(rule, rule.bad, process):
        assert not diagnostic.message.endswith(".")
        assert "\n" not in diagnostic.message
        assert not re.search(r"\\d|\[\^|<class|Traceback|None\b|\bdatetime\b", diagnostic.message)


@each_rule
def test_file_has_the_name_of_the_rule_and_one_public_function(rule: Rule) -> None:
    module = inspect.getmodule(rule.check)
    assert module is not None
    directory = rule.family.name.lower()
    assert module.__name__ == f"fep_tools.lint.rules.{directory}.{rule.check.__name__}"
    assert rule.name == rule.check.__name__.replace("_", "-")
    tree = ast.parse(Path(inspect.getfile(rule.check)).read_text("utf-8"))
    public = [n.name for n in tree.body if isinstance(n, ast.FunctionDef | ast.ClassDef)]
    assert [name for name in public if not name.startswith("_")] == [rule.check.__name__]


@each_rule
def test_docstring_is_valid_rst(rule: Rule) -> None:
    body = rst.parse_body(inspect.getdoc(rule.check) or "", Vocabulary("fep"))
    assert body.problems == ()


@each_rule
def test_code_has_a_family(rule: Rule) -> None:
    assert re.fullmatch(rf"[{''.join(FAMILIES)}][0-9]{{3}}", rule.code)


def test_codes_and_names_are_unique() -> None:
    codes = [rule.code for rule in all_rules()]
    names = [rule.name for rule in all_rules()]
    assert len(set(codes)) == len(codes)
    assert len(set(names)) == len(names)


def test_rule_without_examples_is_refused() -> None:
    def lonely(proposal: int) -> None:
        """Only a summary."""

    with pytest.raises(TypeError, match="the docstring needs a summary, reasons, Bad:: and Good::"):
        make_rule("H999")(lonely)  # type: ignore[arg-type]
