"""Which fixes may be applied to headers in YAML."""

import pytest

from fep_tools.diagnostics import Edit, Span
from fep_tools.lint.yaml_edits import MAX_CHARACTERS, YamlEdits
from fep_tools.process.loader import parse_process
from fep_tools.process.model import Process
from fep_tools.proposals.model import Proposal

HEAD = "---\nFEP: 7\nTitle: Views\n"


@pytest.fixture
def yaml_process(process: Process) -> Process:
    return parse_process(process.source[1].replace('"rfc2822"', '"yaml"', 1), "process.toml")


@pytest.mark.parametrize(
    ("text", "edit", "is_valid"),
    [
        (HEAD, Edit(Span(3, 8, 3, 13), "Typed views"), True),
        (HEAD, Edit(Span(3, 8, 3, 13), "Views: typed"), False),
        (HEAD, Edit(Span(3, 8, 3, 13), "Views #1"), False),
        (HEAD, Edit(Span(3, 8, 3, 13), "[Views"), False),
        (HEAD, Edit(Span(3, 1, 3, 6), "Name"), True),
        (HEAD, Edit(Span(3, 1, 3, 1), "Status: Draft\n"), True),
        (HEAD, Edit(Span(3, 1, 3, 1), "Status: a: b\n"), False),
        (HEAD, Edit(Span(6, 1, 6, 5), "a: b: c"), True),  # in the text
        ('---\nFEP: 7\nTitle: "Views"\n', Edit(Span(3, 9, 3, 14), "Views: typed"), True),
        ('---\nFEP: 7\nTitle: "Views"\n', Edit(Span(3, 9, 3, 14), 'Views"'), False),
        ('---\nFEP: 7\nTitle: "\\u0056iews"\n', Edit(Span(3, 8, 3, 20), "Views"), False),
        ("---\nFEP: 7\nTitle: [\n", Edit(Span(2, 6, 2, 7), "8"), False),  # it is broken already
        ("---\nFEP: 7\nTitle: >\n  Views\n", Edit(Span(4, 1, 4, 3), ""), False),
    ],
)
def test_a_fix_is_offered_if_it_is_read_as_it_is_written(
    text: str, edit: Edit, is_valid: bool, yaml_process: Process
) -> None:
    proposal = Proposal.parse(f"{text}---\n\nText.\n", yaml_process, "proposals/fep-0007.rst")
    assert YamlEdits(yaml_process).valid((edit,), proposal) == ((edit,) if is_valid else ())


def test_other_dialects_need_no_check(process: Process) -> None:
    proposal = Proposal.parse("FEP: 7\nTitle: Views\n", process, "proposals/fep-0007.rst")
    edits = (Edit(Span(2, 8, 2, 13), "Views: typed"),)
    assert YamlEdits(process).valid(edits, proposal) == edits


def test_the_headers_of_a_file_are_parsed_some_times(yaml_process: Process) -> None:
    edits = (Edit(Span(3, 8, 3, 9), "V"),)
    one, other = (
        Proposal.parse(f"{HEAD}Name: {'x' * 100_000}\n---\n", yaml_process, f"fep-{n}.rst")
        for n in (1, 2)
    )
    yaml = YamlEdits(yaml_process)
    tries = MAX_CHARACTERS // 100_000 + 1
    assert [yaml.valid(edits, one) for _ in range(tries)] == [*[edits] * (tries - 2), (), ()]
    assert yaml.valid(edits, other) == edits
