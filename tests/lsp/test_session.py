"""An editing session with a real server, over its standard input and output."""

from __future__ import annotations

import os
import stat
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, ExitStack
from pathlib import Path
from typing import Any

import pytest

from fep_tools.config import RULES_URL
from fep_tools.lsp.server import UNHANDLED

from .client import Editor
from .conftest import proposal, TEXTS

PATH = "proposals/fep-0012.rst"
TEXT = TEXTS["fep-0012.rst"]
WRONG = TEXT.replace("2026-01-02", "2 January 2026")


def codes(found: list[dict[str, Any]]) -> list[str]:
    return [diagnostic["code"] for diagnostic in found]


def position(text: str, words: str) -> tuple[int, int]:
    """The line and the character at which *words* end, from 0."""
    before = text[: text.index(words) + len(words)]
    return before.count("\n"), len(before) - before.rfind("\n") - 1


def test_findings_are_shown_while_typing_and_can_be_fixed(editor: Editor) -> None:
    assert editor.begin()["capabilities"]["positionEncoding"] == "utf-16"
    assert editor.open(PATH) == []
    (found,) = editor.change(PATH, WRONG)
    assert found == {
        "range": {"start": {"line": 5, "character": 9}, "end": {"line": 5, "character": 23}},
        "severity": 1,
        "code": "H103",
        "codeDescription": {"href": f"{RULES_URL}#header-date"},
        "source": "fep",
        "message": "'Created' is \"2 January 2026\"; write 2026-01-02",
        "data": found["data"],
    }
    fix, everything = editor.actions(PATH, found)
    assert fix["title"] == "Fix H103 header-date: 2026-01-02"
    assert fix["isPreferred"]
    assert everything["kind"] == "source.fixAll"
    for action in (fix, everything):
        (edits,) = action["edit"]["changes"].values()
        assert editor.edited(PATH, edits) == TEXT
    assert [a["title"] for a in editor.actions(PATH, found, ["source.fixAll"])] == [
        everything["title"]
    ]
    assert editor.actions(PATH, found, ["refactor"]) == []
    assert editor.change(PATH, TEXT) == []
    assert editor.end() == 0


def test_only_the_latest_text_is_checked(editor: Editor) -> None:
    editor.begin()
    editor.open(PATH)
    editor.type(PATH, WRONG)
    editor.type(PATH, TEXT.replace("Draft", "Draught"))
    assert codes(editor.found(PATH)) == ["H104"]
    shown = editor.unheard("textDocument/publishDiagnostics")
    assert all(message["params"]["version"] != 2 for message in shown)


def test_texts_that_changed_while_another_was_checked_are_not_checked(editor: Editor) -> None:
    editor.begin()
    editor.open(PATH)
    for count in range(200):
        editor.type(PATH, f"{WRONG}\n{'x' * count}\n")
    assert codes(editor.change(PATH, TEXT.replace("Draft", "Draught"))) == ["H104"]
    assert len(editor.unheard("textDocument/publishDiagnostics")) < 100


def test_files_that_are_no_proposals_are_ignored(editor: Editor, root: Path) -> None:
    editor.begin()
    (root / "README.rst").write_text("Status: none\n")
    assert editor.open("README.rst") == []
    assert editor.at("completion", "README.rst", 0, 9) is None
    assert editor.at("hover", "README.rst", 0, 2) is None
    assert editor.unheard("window/showMessage") == []


@pytest.mark.parametrize(
    ("encodings", "agreed", "start"),
    [(["utf-16"], "utf-16", 9), (["utf-8", "utf-16"], "utf-8", 12), (["utf-32"], "utf-32", 8)],
)
def test_positions_count_in_the_units_of_the_editor(
    editor: Editor, encodings: list[str], agreed: str, start: int
) -> None:
    """A face of four bytes, and an accent that is a character of its own, before a link."""
    begun = editor.begin({"general": {"positionEncodings": encodings}})
    assert begun["capabilities"]["positionEncoding"] == agreed
    text = TEXT.replace("Sent when :fep:`a request <11>`", "\U0001f600 e\u0301 as :fep:`99`")
    (found,) = editor.open(PATH, text)
    assert found["code"] == "B021"
    assert found["range"]["start"]["character"] == start
    assert found["range"]["end"]["character"] == start + len(":fep:`99`")
    hovered = editor.at("hover", PATH, found["range"]["start"]["line"], start + 2)
    assert "B021" in hovered["contents"]["value"]


def test_a_relation_is_checked_in_both_open_files(editor: Editor) -> None:
    editor.begin()
    other = "proposals/fep-0011.rst"
    editor.open(other)
    assert editor.open(PATH) == []
    text = TEXTS["fep-0011.rst"].replace("01-02\n", "01-02\nSuperseded-By: 12\n")
    editor.change(other, text)
    (found,) = editor.found(PATH)
    assert found["code"] == "L003"
    (there,) = found["relatedInformation"]
    start = {"line": 7, "character": len("Superseded-By: ")}
    assert there["location"]["uri"] == editor.uri(other)
    assert there["location"]["range"]["start"] == start
    fix, _everything = editor.actions(PATH, found)
    (edits,) = fix["edit"]["changes"].values()
    assert editor.change(PATH, editor.edited(PATH, edits)) == []


def test_completion_knows_the_process_and_the_other_proposals(editor: Editor) -> None:
    editor.begin()
    editor.open(PATH)
    text = TEXT.replace("Draft", "").replace("Created", "Requires: 11, \nTopic: Core, \nCreated")
    text = text.replace("Author: Ada", "Author: Bob, ").replace("request <11>", "request <")
    editor.change(PATH, text)
    assert editor.labels(PATH, *position(text, "Status: ")) == [
        "Review",
        "Deferred",
        "Withdrawn",
        "Draft",
    ]
    assert editor.labels(PATH, *position(text, "Type: ")) == [
        "Standards Track",
        "Informational",
        "Process",
    ]
    assert editor.labels(PATH, *position(text, "Author: Bob, ")) == ["Ada", "Ada Lovelace (@ada)"]
    assert editor.labels(PATH, *position(text, "Requires: 11, ")) == ["10 Typed views"]
    assert editor.labels(PATH, *position(text, "request <")) == [
        "10 Typed views",
        "11 Nested [blueprints](x)",
    ]
    topics = editor.labels(PATH, *position(text, "Core, "))
    assert "Extensions" in topics
    assert "Core" not in topics
    assert editor.labels(PATH, *position(text, "Abstract")) == []
    names = editor.labels(PATH, *position(text.replace("Type", "\nType"), "Status: "))
    assert names == ["Review", "Deferred", "Withdrawn", "Draft"]


def test_completion_offers_the_headers_that_are_missing(editor: Editor) -> None:
    editor.begin()
    text = TEXT.replace("Status: Draft\n", "").replace("Created", "To\nCreated")
    editor.open(PATH, text)
    items = editor.at("completion", PATH, *position(text, "\nTo"))["items"]
    assert [item["label"] for item in items[:3]] == ["Sponsor", "Delegate", "Discussions-To"]
    (status,) = (item for item in items if item["label"] == "Status")
    assert status["detail"] == "required now"
    assert "Status: " in editor.edited(PATH, [status["textEdit"]])
    assert "To\n" not in editor.edited(PATH, [status["textEdit"]])
    assert not {"Title", "Created", "Upstream-Author"} & {item["label"] for item in items}


def test_hovering_describes_proposals_headers_statuses_and_rules(editor: Editor) -> None:
    editor.begin()
    editor.open(PATH, WRONG)

    def shown(words: str) -> str:
        value = editor.at("hover", PATH, *position(WRONG, words))["contents"]["value"]
        assert isinstance(value, str)
        return value

    assert shown("<11") == "**FEP 11**: Nested \\[blueprints\\](x)\n\nDraft Process"
    assert shown("Typ") == (
        "**Type**: The type of proposal.\n\nExample: `Type: Standards Track`\n\nRequired."
    )
    assert "Next statuses:\n\n- Review\n- Deferred" in shown("Status: Dr")
    assert shown("Created: 2 J").startswith("**H103 header-date**: Date is not in")
    assert editor.at("hover", PATH, *position(WRONG, "Sent")) is None


def test_links_symbols_and_titles_lead_to_proposals(editor: Editor) -> None:
    editor.begin()
    editor.open(PATH)
    nested = editor.uri("proposals/fep-0011.rst")
    line, character = position(TEXT, ":fep:`a req")
    assert editor.at("definition", PATH, line, character)["uri"] == nested
    assert editor.at("definition", PATH, *position(TEXT, "Copyri")) is None
    document = {"uri": editor.uri(PATH)}
    (link,) = editor.ask("textDocument/documentLink", textDocument=document)
    assert link["target"] == nested
    assert link["range"]["start"] == {"line": line, "character": character - len(":fep:`a req")}
    symbols = editor.ask("textDocument/documentSymbol", textDocument=document)
    names = [symbol["name"] for symbol in symbols]
    assert names == ["FEP", "Title", "Author", "Status", "Type", "Created", "Abstract", "Copyright"]
    (found,) = editor.ask("workspace/symbol", query="blueprint")
    assert (found["name"], found["location"]["uri"]) == ("FEP 11: Nested [blueprints](x)", nested)


def test_renumbering_edits_every_file_with_the_number(editor: Editor) -> None:
    editor.begin()
    editor.open(PATH)
    at = position(TEXT, "request <1")
    prepared = editor.at("prepareRename", PATH, *at)
    assert prepared["placeholder"] == "11"
    changes = editor.at("rename", PATH, *at, newName="21")["documentChanges"]
    *edits, move = changes
    assert move == {
        "kind": "rename",
        "oldUri": editor.uri("proposals/fep-0011.rst"),
        "newUri": editor.uri("proposals/fep-0021.rst"),
    }
    by_uri = {change["textDocument"]["uri"]: change for change in edits}
    assert set(by_uri) == {editor.uri(PATH), move["oldUri"]}
    mine = by_uri[editor.uri(PATH)]
    assert mine["textDocument"]["version"] == 1
    assert editor.edited(PATH, mine["edits"]) == TEXT.replace("<11>", "<21>")
    (other,) = by_uri[move["oldUri"]]["edits"]
    assert other["newText"] == "FEP: 21\n"


@pytest.fixture
def start(root: Path) -> Iterator[Callable[[], Editor]]:
    """Return a function that starts an editor: capfd has what programs print that a test starts."""
    with ExitStack() as stack:

        def start_editor() -> Editor:
            return stack.enter_context(closing(Editor(root, SOURCE_DATE_EPOCH="1795219200")))

        yield start_editor


def test_an_invalid_new_number_is_refused_with_a_message(
    start: Callable[[], Editor], capfd: pytest.CaptureFixture[str]
) -> None:
    editor = start()
    editor.begin()
    editor.open(PATH)
    at = position(TEXT, "FEP: 12")
    taken = editor.at("rename", PATH, *at, newName="10")
    assert taken == "FEP 10 is taken by proposals/fep-0010.rst; choose another number"
    word = editor.at("rename", PATH, *at, newName="twelve")
    assert word == '"twelve" is not a number; write the new one, such as 12'
    assert editor.at("prepareRename", PATH, *position(TEXT, "Abstr")) is None
    assert editor.end() == 0
    assert capfd.readouterr().err == ""


def test_an_editor_that_cannot_move_files_gets_a_hint(editor: Editor) -> None:
    editor.begin({})
    editor.open(PATH)
    message = editor.at("rename", PATH, *position(TEXT, "FEP: 12"), newName="21")
    assert message == "this editor cannot move files; run: fep renumber OLD NEW"


def test_the_process_is_read_again_when_it_changes(editor: Editor, root: Path) -> None:
    editor.begin()
    editor.open(PATH)
    process = root / "fep" / "process.toml"
    sound = process.read_text("utf-8")
    process.write_text(sound.replace('name = "Draft"', 'name = "Begun"', 1), "utf-8")
    editor.save(PATH)
    message = editor.wait(lambda m: m.get("method") == "window/showMessage")
    assert message["params"]["message"].startswith("fep: fep/process.toml:")
    assert editor.change(PATH, WRONG) == []
    editor.save(PATH, WRONG)
    assert editor.change(PATH, TEXT) == []
    assert editor.unheard("window/showMessage") == []
    process.write_text(sound.replace("Process", "Custom"), "utf-8")
    changed = [{"uri": process.as_uri(), "type": 2}]
    editor.tell("workspace/didChangeWatchedFiles", changes=changed)
    assert codes(editor.found(PATH)) == ["H104"]


def test_links_into_closed_files_are_checked(editor: Editor) -> None:
    editor.begin()
    assert editor.open(PATH, TEXT.replace("<11>", "<11#abstract>")) == []
    (found,) = editor.change(PATH, TEXT.replace("<11>", "<11#abstrct>"))
    assert found["message"].endswith("did you mean #abstract?")


def test_untitled_documents_are_ignored(editor: Editor, root: Path) -> None:
    editor.begin()
    document = {"uri": "untitled:Untitled-1", "languageId": "rst", "version": 1, "text": WRONG}
    editor.tell("textDocument/didOpen", textDocument=document)
    place = {"line": 5, "character": 10}
    assert editor.ask("textDocument/hover", textDocument=document, position=place) is None
    elsewhere = (root.parent / "elsewhere.rst").as_uri()
    editor.tell("workspace/didChangeWatchedFiles", changes=[{"uri": elsewhere, "type": 3}])
    assert editor.open(PATH) == []


def test_root_and_process_can_be_given(root: Path) -> None:
    """Without ``fep/process.toml`` in it, and seen from the folder that the editor is in."""
    process = (root / "fep" / "process.toml").rename(root / "process.toml")
    editor = Editor(root / "proposals", "--root", "..", "--process", str(process))
    try:
        editor.begin()
        assert codes(editor.open("fep-0012.rst", WRONG)) == ["H103"]
    finally:
        editor.close()


def test_settings_apply_when_they_change(editor: Editor, root: Path) -> None:
    settings = root / "pyproject.toml"
    settings.write_text('[tool.fep]\nrules-url = "https://example.org/rules"\n', "utf-8")
    editor.begin()
    (found,) = editor.open(PATH, WRONG)
    assert found["codeDescription"] == {"href": "https://example.org/rules#header-date"}
    settings.write_text('[tool.fep.severity]\nH103 = "warning"\n', "utf-8")
    editor.tell("workspace/didChangeWatchedFiles", changes=[{"uri": settings.as_uri(), "type": 2}])
    (found,) = editor.found(PATH)
    assert found["severity"] == 2
    settings.write_text('[tool.fep]\nignore = ["H1O3"]\n', "utf-8")
    editor.tell("workspace/didChangeWatchedFiles", changes=[{"uri": settings.as_uri(), "type": 2}])
    assert editor.found(PATH) == []
    message = editor.wait(lambda m: m.get("method") == "window/showMessage")
    assert message["params"]["message"].startswith("fep: pyproject.toml:2: there is no rule H1O3")
    assert editor.change(PATH, TEXT) == []
    assert editor.unheard("window/showMessage") == [], "once is enough"
    settings.write_text('[tool.fep]\nignore = ["T"]\n', "utf-8")
    editor.tell("workspace/didChangeWatchedFiles", changes=[{"uri": settings.as_uri(), "type": 2}])
    assert codes(editor.change(PATH, WRONG)) == ["H103"]


def test_changed_results_are_checked_again(
    noted: Callable[..., Path],
) -> None:
    """Results belong to notes, and are no proposals; they are read with all of them."""
    root = noted()
    path = "proposals/fep-0007.rst"
    editor = Editor(root)
    try:
        editor.begin()
        assert [code for code in codes(editor.open(path)) if code.startswith("N")] == []
        results = root / "proposals" / "fep-0007.notes.json"
        results.write_text(results.read_text("utf-8").replace("'demo'", "'x'"), "utf-8")
        changes = [{"uri": results.as_uri(), "type": 2}]
        editor.tell("workspace/didChangeWatchedFiles", changes=changes)
        assert [code for code in codes(editor.found(path)) if code.startswith("N")] != []
    finally:
        editor.close()


def test_changes_on_disk_are_noticed(editor: Editor, root: Path) -> None:
    editor.begin()
    (found,) = editor.open(PATH, TEXT.replace("<11>", "<14>"))
    assert found["code"] == "B021"
    file = root / "proposals" / "fep-0014.rst"
    file.write_text(proposal(14, "Sessions"), "utf-8")
    editor.tell("workspace/didChangeWatchedFiles", changes=[{"uri": file.as_uri(), "type": 1}])
    assert editor.found(PATH) == []
    file.unlink()
    editor.tell("workspace/didChangeWatchedFiles", changes=[{"uri": file.as_uri(), "type": 3}])
    assert codes(editor.found(PATH)) == ["B021"]


def test_unsaved_text_is_forgotten_when_a_file_is_closed(editor: Editor) -> None:
    editor.begin()
    other = "proposals/fep-0011.rst"
    editor.open(other, TEXTS["fep-0011.rst"].replace("FEP: 11", "FEP: 99"))
    assert codes(editor.open(PATH)) == ["B021"]
    editor.tell("textDocument/didClose", textDocument={"uri": editor.uri(other)})
    assert editor.found(PATH) == []


@pytest.fixture
def counted(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], int]:
    """The repository with a commit; how often git was run since."""
    for arguments in (
        ["init", "--quiet", "--initial-branch=main"],
        ["add", "--all"],
        ["-c", "user.name=Ada", "-c", "user.email=a@example.org", "commit", "-qm", "x"],
    ):
        subprocess.run(["git", *arguments], cwd=root, check=True)
    real = subprocess.run(["which", "git"], check=True, capture_output=True, text=True).stdout
    bin_, log = tmp_path.parent / f"{tmp_path.name}-bin", tmp_path.parent / f"{tmp_path.name}.log"
    bin_.mkdir()
    script = bin_ / "git"
    script.write_text(f'#!/bin/sh\necho "$@" >> {log}\nexec {real.strip()} "$@"\n', "utf-8")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    monkeypatch.setenv("PATH", f"{bin_}{os.pathsep}{os.environ['PATH']}")
    return lambda: len(log.read_text("utf-8").splitlines()) if log.exists() else 0


def test_git_runs_when_a_file_is_opened_but_not_at_a_keystroke(
    counted: Callable[[], int], root: Path
) -> None:
    editor = Editor(root)
    try:
        editor.begin()
        editor.open(PATH)
        before = counted()
        assert before > 0
        text = TEXT.replace("Draft", "Review")
        editor.change(PATH, text)
        assert "Deferred" in editor.labels(PATH, *position(text, "Status: "))
        editor.at("hover", PATH, *position(text, "Status: R"))
        assert counted() == before
        editor.save(PATH)
        editor.found(PATH)
        statuses = editor.labels(PATH, *position(text, "Status: "))
        assert statuses == ["Review", "Deferred", "Withdrawn", "Draft"], "as it was committed"
    finally:
        editor.close()


def test_nothing_in_the_repository_is_run(root: Path, tmp_path: Path) -> None:
    """Neither modules that lie there, nor a configuration of Sphinx, nor git's programs."""
    ran = tmp_path.parent / f"{tmp_path.name}-ran"
    trap = f"open({str(ran)!r}, 'w').write(__name__)\n"
    for name in ("conf.py", "sitecustomize.py", "docutils/__init__.py", "multiprocessing.py"):
        (root / name).parent.mkdir(exist_ok=True)
        (root / name).write_text(trap, "utf-8")
    subprocess.run(["git", "init", "--quiet"], cwd=root, check=True)
    (root / "monitor").write_text(f"#!/bin/sh\necho monitor > {ran}\n", "utf-8")
    (root / "monitor").chmod(0o755)
    monitor = ["config", "core.fsmonitor", str(root / "monitor")]
    subprocess.run(["git", *monitor], cwd=root, check=True)
    editor = Editor(root)
    try:
        editor.begin()
        assert editor.open(PATH) == []
        assert codes(editor.change(PATH, WRONG)) == ["H103"]
        editor.end()
    finally:
        editor.close()
    assert not ran.exists()


def test_a_request_with_malformed_parameters_gets_an_answer(start: Callable[[], Editor]) -> None:
    editor = start()
    editor.begin()
    editor.open(PATH)
    assert editor.ask("textDocument/hover", textDocument=PATH) == "Invalid Params"
    assert editor.ask("textDocument/formatting", options={}) == "Invalid Params"
    assert editor.at("hover", PATH, 1, 2)["contents"]
    assert editor.end() == 0


def test_a_change_of_a_file_that_is_not_open_is_no_python_error(
    start: Callable[[], Editor], capfd: pytest.CaptureFixture[str]
) -> None:
    editor = start()
    editor.begin()
    editor.tell(
        "textDocument/didChange",
        textDocument={"uri": editor.uri(PATH), "version": 1},
        contentChanges=[{"text": ""}],
    )
    message = editor.wait(lambda m: m.get("method") == "window/showMessage")
    assert message["params"]["message"] == f"fep: {UNHANDLED}"
    editor.open(PATH)
    assert editor.at("hover", PATH, 1, 2)["contents"]
    assert editor.end() == 0
    assert "KeyError" in capfd.readouterr().err


def test_malformed_messages_are_named_and_do_not_end_the_session(
    start: Callable[[], Editor], capfd: pytest.CaptureFixture[str]
) -> None:
    editor = start()
    editor.begin()
    editor.open(PATH)
    editor.tell("textDocument/didOpen", textDocument={"uri": 5})
    editor.send_raw(b"{bad}")
    assert editor.at("hover", PATH, 1, 2)["contents"]
    assert editor.end() == 0
    errors = capfd.readouterr().err
    assert errors.count("fep: malformed message: ") == 2
    assert "Traceback" not in errors
