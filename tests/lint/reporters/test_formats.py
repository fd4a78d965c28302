"""The formats for machines: valid for any text in a proposal, and without commands to a CI."""

from __future__ import annotations

import json
import os
import re
import unicodedata
from pathlib import Path
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.cli.output import FORMATS
from fep_tools.diagnostics import (
    apply_edits,
    CheckResult,
    Diagnostic,
    Edit,
    Related,
    Severity,
    Span,
)
from fep_tools.lint.reporters.context import ReportContext
from fep_tools.lint.reporters.rdjson import joined_edit

from . import requirements

LINE = "Created: 3 日本 e\u0301 \U0001f600 2025"
SPAN = Span(2, 10, 2, 18)
DIAGNOSTIC = Diagnostic(
    path="proposals/fep-0012.rst",
    span=SPAN,
    code="H103",
    name="header-date",
    severity=Severity.ERROR,
    message="'Created' is \"3 March 2025\"; write 2025-03-03",
    help="such as 2025-03-03",
    number=12,
    excerpt=(LINE,),
    edits=(Edit(SPAN, "2025-03-03"),),
    related=(Related("proposals/fep-0010.rst", Span(9, 1, 9, 4), "says so here"),),
    fingerprint="0123456789abcdef",
)
CONTEXT = ReportContext(
    "1.0.0", "https://example.org/rules", "", lambda _path: f"FEP: 12\n{LINE}\n"
)
MACHINE = sorted(set(FORMATS) - {"text"})
JSON = ["gitlab", "json", "rdjson", "sarif"]


def report(name: str, *diagnostics: Diagnostic, context: ReportContext = CONTEXT) -> str:
    return FORMATS[name](CheckResult("FEP", 3, diagnostics), context)


def parsed(name: str, *diagnostics: Diagnostic, context: ReportContext = CONTEXT) -> Any:
    return json.loads(report(name, *diagnostics, context=context))


# Soundness ---------------------------------------------------------------------------------

_SIGNS = "\x1b\x9b\r\n\t\x00\x07\u202e\u2028\u2029\ufeff:#[]<>&\"'`|%,{}\\@ \udc9b\ud800"
hostile = st.text(st.one_of(st.characters(), st.sampled_from(_SIGNS)), max_size=25).map(
    lambda text: text or "x"
)
commands = st.sampled_from(
    ["::error::x", "\n::set-output name=a::b", "##[add-mask]x", "</failure><script>", "]]>", "-->"]
)
strange = st.one_of(hostile, commands, st.tuples(hostile, commands).map("".join))
paths = strange.map(lambda text: text.encode("utf-8", "ignore").decode("utf-8") or "x")
spans = st.builds(
    lambda line, column, lines, columns: Span(line, column, line + lines, column + columns),
    st.integers(1, 2), st.integers(1, 30), st.integers(0, 1), st.integers(0, 30),
)  # fmt: skip
diagnostics = st.builds(
    Diagnostic,
    path=paths,
    span=spans,
    code=st.sampled_from(["H103", "B020"]),
    name=st.just("header-date"),
    severity=st.sampled_from(Severity),
    message=strange,
    help=strange,
    number=st.none(),
    excerpt=st.just((LINE,)),
    edits=st.just((Edit(Span(2, 1, 2, 8), "x"),)),
    related=st.builds(lambda path, text: (Related(path, SPAN, text),), paths, strange),
    fingerprint=st.just("0123456789abcdef"),
    introduced=st.sampled_from([None, True, False]),
)


def is_command(line: str) -> bool:
    """Return whether GitHub's runner would obey a line (docs/security.rst, *sec-output*)."""
    return bool(re.match(r"::[^:]*::", line.strip())) or bool(re.search(r"##\[[^\]]*\]", line))


@pytest.mark.parametrize("name", MACHINE)
@given(found=st.lists(diagnostics, max_size=3))
def test_report_has_no_commands_for_a_ci(name: str, found: list[Diagnostic]) -> None:
    text = report(name, *found)
    text.encode()
    for line in re.split(r"[\r\n\v\f\x1c-\x1e\x85\u2028\u2029]", text):
        assert not [c for c in line if unicodedata.category(c) in {"Cc", "Cf", "Cs", "Zl", "Zp"}]
        ours = name == "github" and re.match(r"::(error|warning|notice) file=", line)
        assert ours or not is_command(line)
        assert line.count("::") == 2 or not ours or ":: " not in line.split("::", 2)[1]


@pytest.mark.parametrize("name", JSON)
@given(found=st.lists(diagnostics, max_size=3))
def test_json_has_no_html_and_can_be_parsed(name: str, found: list[Diagnostic]) -> None:
    text = report(name, *found)
    assert text.isascii()
    assert not set(text) & set("<>&")
    json.dumps(json.loads(text), ensure_ascii=False).encode()


@pytest.mark.parametrize(
    ("name", "schema"),
    [
        ("gitlab", requirements.GITLAB),
        ("rdjson", requirements.RDJSON),
        ("sarif", requirements.SARIF),
    ],
)
@given(found=st.lists(diagnostics, max_size=3))
def test_report_has_what_its_readers_require(
    name: str, schema: dict[str, Any], found: list[Diagnostic]
) -> None:
    jsonschema.validate(parsed(name, *found), schema)


def public_schema(name: str) -> Path:
    """Return the path of a public schema, or skip the test."""
    path = Path(os.environ.get("FEP_SCHEMAS", "/nonexistent")) / name
    if not path.is_file():
        pytest.skip(f"FEP_SCHEMAS names no directory with {name}")
    return path


@pytest.mark.parametrize(
    ("name", "file"), [("rdjson", "rdf-DiagnosticResult.json"), ("sarif", "sarif-2.1.0.json")]
)
def test_report_is_valid_by_the_public_schema(name: str, file: str) -> None:
    validator = jsonschema.validators.validator_for(
        json.loads(public_schema(file).read_text("utf-8"))
    )
    check = validator(json.loads(public_schema(file).read_text("utf-8")))

    @given(found=st.lists(diagnostics, max_size=3))
    def holds(found: list[Diagnostic]) -> None:
        assert list(check.iter_errors(parsed(name, *found))) == []

    holds()


def test_junit_is_valid_by_the_schema_of_jenkins() -> None:
    xmlschema = pytest.importorskip("xmlschema")
    schema = xmlschema.XMLSchema(str(public_schema("junit-10.xsd")))

    @given(found=st.lists(diagnostics, max_size=3))
    def holds(found: list[Diagnostic]) -> None:
        schema.validate(report("junit", *found))

    holds()


@given(found=st.lists(diagnostics, max_size=3))
def test_junit_has_a_test_case_per_finding(found: list[Diagnostic]) -> None:
    mine = [diagnostic for diagnostic in found if diagnostic.introduced is not False]
    tree = ElementTree.fromstring(report("junit", *found))
    cases = tree.findall("testsuite/testcase")
    failures = [case.find("failure") for case in cases]
    assert tree.tag == "testsuites"
    assert tree.get("failures") == str(len(mine))
    assert tree.get("tests") == str(len(cases)) == str(max(1, len(mine)))
    assert sum(failure is not None for failure in failures) == len(mine)
    for suite in tree:
        assert {"name", "tests", "failures", "errors"} == set(suite.attrib)
        assert suite.get("tests") == str(len(suite))
        assert all(set(case.attrib) == {"name", "classname"} for case in suite)


@given(found=st.lists(diagnostics, max_size=3))
def test_json_lines_are_the_findings_of_the_json_document(found: list[Diagnostic]) -> None:
    lines = report("json-lines", *found).splitlines()
    assert [json.loads(line) for line in lines] == parsed("json", *found)["diagnostics"]
    mine = [diagnostic for diagnostic in found if diagnostic.introduced is not False]
    rows = [json.loads(line) for line in report("rdjsonl", *found).splitlines()]
    assert rows == parsed("rdjson", *found)["diagnostics"]
    assert len(rows) == len(mine)


# Each format -------------------------------------------------------------------------------


def test_concise() -> None:
    assert report("concise", DIAGNOSTIC) == (
        "proposals/fep-0012.rst:2:10: error H103 [header-date]: "
        "'Created' is \"3 March 2025\"; write 2025-03-03\n"
        "3 files checked: 1 error\n"
    )


def test_github() -> None:
    assert report("github", DIAGNOSTIC) == (
        "::error file=proposals/fep-0012.rst,line=2,col=10,endColumn=18,endLine=2,"
        "title=H103 header-date::proposals/fep-0012.rst:2:10: error H103 [header-date]: "
        "'Created' is \"3 March 2025\"; write 2025-03-03%0Ahelp: such as 2025-03-03\n"
        "3 files checked: 1 error\n"
    )


def test_github_has_columns_only_for_findings_within_a_line() -> None:
    diagnostic = DIAGNOSTIC._replace(span=Span(2, 3, 4, 5))
    assert "file=proposals/fep-0012.rst,line=2,endLine=4,title" in report("github", diagnostic)


def test_github_escapes_commas_colons_and_percent_signs() -> None:
    diagnostic = DIAGNOSTIC._replace(path="a,b:c%.rst", message="100%")
    text = report("github", diagnostic)
    assert "::error file=a%2Cb%3Ac%25.rst,line=2" in text
    assert "[header-date]: 100%25%0Ahelp" in text


def test_github_has_errors_first_and_ten_annotations_per_level() -> None:
    warnings = [
        DIAGNOSTIC._replace(severity=Severity.WARNING, span=Span(n, 1)) for n in range(1, 13)
    ]
    notice = DIAGNOSTIC._replace(severity=Severity.STYLE)
    lines = report("github", *warnings, notice, DIAGNOSTIC).splitlines()
    kinds = [line.split(" ", 1)[0] for line in lines]
    assert kinds[:12] == ["::error", *["::warning"] * 10, "::notice"]
    assert [line.split(": ")[0] for line in lines[12:-1]] == [
        "proposals/fep-0012.rst:11:1",
        "proposals/fep-0012.rst:12:1",
    ]


def test_paths_have_the_prefix_of_the_context() -> None:
    context = CONTEXT._replace(path_prefix="docs/feps/")
    for name in ("github", "gitlab", "junit", "markdown", "rdjson", "sarif"):
        assert "docs/feps/proposals/fep-0012.rst" in report(name, DIAGNOSTIC, context=context)


def test_gitlab_has_the_code_in_the_description() -> None:
    (issue,) = parsed("gitlab", DIAGNOSTIC)
    assert issue["description"].startswith("H103: 'Created'")
    assert issue["fingerprint"] == DIAGNOSTIC.fingerprint


def test_rdjson_columns_count_bytes() -> None:
    (row,) = parsed("rdjson", DIAGNOSTIC)["diagnostics"]
    start, end = (row["location"]["range"][name]["column"] for name in ("start", "end"))
    whole = LINE.encode()
    assert whole[: start - 1].decode() == LINE[:9]
    assert whole[start - 1 : end - 1].decode() == LINE[9:17]
    assert row["suggestions"] == [{"range": row["location"]["range"], "text": "2025-03-03"}]


TEXT = "FEP: 7\nTitle:  A\n日本: x \r\nlast"
spots = st.builds(Span, st.integers(1, 4), st.integers(1, 4)).flatmap(
    lambda start: st.builds(
        lambda more: Span(start.line, start.column, start.line, start.column + more),
        st.integers(0, 2),
    )
)


@given(st.lists(st.builds(Edit, spots, st.sampled_from(["", "y", "\n"])), min_size=1, max_size=4))
def test_joined_edit_does_the_same_as_the_edits(edits: list[Edit]) -> None:
    one = joined_edit(edits, TEXT.split("\n"))
    assert apply_edits(TEXT, [one]) == apply_edits(TEXT, edits)


def test_sarif_columns_count_code_points() -> None:
    run = parsed("sarif", DIAGNOSTIC)["runs"][0]
    region = run["results"][0]["locations"][0]["physicalLocation"]["region"]
    assert run["columnKind"] == "unicodeCodePoints"
    assert LINE[region["startColumn"] - 1 : region["endColumn"] - 1] == LINE[9:17]


def test_sarif_has_rules_fixes_and_fingerprints() -> None:
    run = parsed(
        "sarif", DIAGNOSTIC._replace(introduced=True), DIAGNOSTIC._replace(introduced=False)
    )["runs"][0]
    (rule,) = run["tool"]["driver"]["rules"]
    first, second = run["results"]
    (replacement,) = first["fixes"][0]["artifactChanges"][0]["replacements"]
    assert rule["id"] == "H103"
    assert rule["helpUri"] == "https://example.org/rules#header-date"
    assert "Created: 2025-03-03" in rule["help"]["markdown"]
    assert replacement["insertedContent"] == {"text": "2025-03-03"}
    assert first["partialFingerprints"]["primaryLocationLineHash"] == DIAGNOSTIC.fingerprint
    assert (first["baselineState"], second["baselineState"]) == ("new", "unchanged")
    assert first["relatedLocations"][0]["message"] == {"text": "says so here"}


def test_sarif_escapes_links_and_placeholders() -> None:
    run = parsed(
        "sarif", DIAGNOSTIC._replace(message="[x](https://e.org) {0}", path="a b/ü[1].rst")
    )
    (result,) = run["runs"][0]["results"]
    uri = result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    assert result["message"]["text"] == r"\[x\](https://e.org) {{0}}"
    assert uri == "a%20b/%C3%BC%5B1%5D.rst"
    assert unquote(uri) == "a b/ü[1].rst"


def test_junit_has_a_passed_case_without_findings() -> None:
    assert report("junit") == (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<testsuites name="fep check" tests="1" failures="0" errors="0">\n'
        '<testsuite name="fep check" tests="1" failures="0" errors="0">\n'
        '<testcase classname="fep" name="every rule"></testcase>\n'
        "</testsuite>\n"
        "</testsuites>\n"
    )


def test_markdown() -> None:
    assert report("markdown", DIAGNOSTIC._replace(message="a | `b` <script> @ada")) == (
        "### FEP check\n\n"
        "| Location | Rule | Level | Message |\n"
        "| --- | --- | --- | --- |\n"
        "| ` proposals/fep-0012.rst:2:10 ` | [H103](https://example.org/rules#header-date) "
        "header-date | error | `` a ¦ `b` <script> @ada `` |\n\n"
        "3 files checked: 1 error\n"
    )
    assert report("markdown") == "### FEP check\n\n3 files checked: no findings\n"


def test_markdown_is_smaller_than_the_limit_of_github() -> None:
    found = [DIAGNOSTIC._replace(message="x" * 10_000)] * 200
    text = report("markdown", *found)
    assert len(text) < 1024 * 1024
    assert "\nAnd 109 more.\n" in text


@pytest.mark.parametrize("name", ["concise", "github", "junit", "markdown", "rdjson", "rdjsonl"])
def test_preexisting_findings_are_left_out(name: str) -> None:
    assert "fep-0012" not in report(name, DIAGNOSTIC._replace(introduced=False))


@pytest.mark.parametrize("name", ["gitlab", "json", "json-lines", "sarif"])
def test_formats_that_compare_themselves_have_all_findings(name: str) -> None:
    assert "fep-0012" in report(name, DIAGNOSTIC._replace(introduced=False))
