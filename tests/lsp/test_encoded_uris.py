"""An editing session in directories whose URIs have encoded characters."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from fep_tools.lsp.uris import to_path

from .client import CAPABILITIES, Editor
from .conftest import proposal, TEXTS
from .test_session import codes, PATH, position, TEXT, WRONG

OTHER = "proposals/fep-0011.rst"
DAY = "1795219200"  # 2026-11-21


def vs_code(path: Path) -> str:
    """As the library vscode-uri does, which encodes more than it has to."""
    return "file://" + quote(str(path), safe="/-._~")


def lower_case(path: Path) -> str:
    return re.sub("%..", lambda match: match[0].lower(), path.as_uri())


def unencoded(path: Path) -> str:
    """As few characters encoded as possible."""
    return f"file://{str(path).replace('%', '%25')}"


def with_host(path: Path) -> str:
    return path.as_uri().replace("file:///", "file://localhost/")


@pytest.fixture
def begin(checkout: Callable[..., Path]) -> Iterator[Callable[..., Editor]]:
    """Return a function that starts an editor in a directory of any name."""
    editors: list[Editor] = []

    def make(name: str, spelling: Callable[[Path], str] = Path.as_uri) -> Editor:
        source = checkout(dict(TEXTS))
        root = source / name
        root.mkdir()
        for part in ("fep", "proposals"):
            (source / part).rename(root / part)
        editor = Editor(root, SOURCE_DATE_EPOCH=DAY)
        editor.spelling = spelling
        editors.append(editor)
        return editor

    yield make
    for editor in editors:
        editor.close()


@pytest.mark.parametrize(
    ("name", "spelling"),
    [
        ("my docs", vs_code),
        ("café + ü#%41;x", vs_code),
        ("日本語 (1)", lower_case),
        ("a%20b", unencoded),
        ("café + ü#%41;x", unencoded),
        ("my docs", with_host),
    ],
)
def test_every_request_is_answered_for_the_uri_that_the_editor_sent(
    begin: Callable[..., Editor], name: str, spelling: Callable[[Path], str]
) -> None:
    editor = begin(name, spelling)
    editor.begin()
    (found,) = editor.open(PATH, WRONG)  # waits for exactly this URI
    assert found["code"] == "H103"
    assert "2026-11-21" in hovered(editor, WRONG, "Creat"), "the example has today's date"
    for action in editor.actions(PATH, found):
        assert list(action["edit"]["changes"]) == [editor.uri(PATH)]
    assert editor.change(PATH, TEXT) == []
    assert "Review" in editor.labels(PATH, *position(TEXT, "Status: "))
    nested = editor.root / OTHER
    link = editor.at("definition", PATH, *position(TEXT, ":fep:`a req"))
    document = {"uri": editor.uri(PATH)}
    (target,) = editor.ask("textDocument/documentLink", textDocument=document)
    (symbol,) = editor.ask("workspace/symbol", query="blueprint")
    for uri in (link["uri"], target["target"], symbol["location"]["uri"]):
        assert (uri, to_path(uri)) == (nested.as_uri(), str(nested))
    assert len(editor.ask("textDocument/documentSymbol", textDocument=document)) == 8
    editor.open(OTHER)
    link = editor.at("definition", PATH, *position(TEXT, ":fep:`a req"))
    assert link["uri"] == editor.uri(OTHER), "as the editor opened it"
    *edits, move = editor.at("rename", PATH, *position(TEXT, "<1"), newName="21")["documentChanges"]
    versions = {edit["textDocument"]["uri"]: edit["textDocument"]["version"] for edit in edits}
    assert versions == {editor.uri(PATH): 2, editor.uri(OTHER): 1}
    assert move["oldUri"] == editor.uri(OTHER)
    assert to_path(move["newUri"]) == str(editor.root / "proposals/fep-0021.rst")
    editor.tell("textDocument/didClose", textDocument=document)
    shown = editor.wait(lambda m: m.get("params", {}).get("uri") == editor.uri(PATH))
    assert shown["params"]["diagnostics"] == []
    assert editor.unheard("window/showMessage") == []


def hovered(editor: Editor, text: str, words: str) -> str:
    value = editor.at("hover", PATH, *position(text, words))["contents"]["value"]
    assert isinstance(value, str)
    return value


def test_a_request_may_spell_the_uri_in_another_way(begin: Callable[..., Editor]) -> None:
    editor = begin("my docs é", vs_code)
    editor.begin()
    (found,) = editor.open(PATH, WRONG)
    for editor.spelling in (lower_case, unencoded, with_host):
        assert "Created" in hovered(editor, WRONG, "Creat")
        (action, _all) = editor.actions(PATH, found)
        assert list(action["edit"]["changes"]) == [vs_code(editor.root / PATH)]


@pytest.mark.parametrize("spelling", [vs_code, lower_case, unencoded])
def test_changes_on_disk_are_noticed(
    begin: Callable[..., Editor], spelling: Callable[[Path], str]
) -> None:
    editor = begin("my docs é", spelling)
    editor.begin()
    assert codes(editor.open(PATH, TEXT.replace("<11>", "<14>"))) == ["B021"]
    file = editor.root / "proposals/fep-0014.rst"
    file.write_text(proposal(14, "Sessions"), "utf-8")
    uri = editor.uri("proposals/fep-0014.rst")
    editor.tell("workspace/didChangeWatchedFiles", changes=[{"uri": uri, "type": 1}])
    assert editor.found(PATH) == []
    file.unlink()
    editor.tell("workspace/didChangeWatchedFiles", changes=[{"uri": uri, "type": 3}])
    assert codes(editor.found(PATH)) == ["B021"]


def test_changes_that_the_editor_does_not_report_are_noticed_when_a_file_is_saved(
    begin: Callable[..., Editor],
) -> None:
    """Some editors do not watch files."""
    editor = begin("my docs")
    editor.begin({})
    text = TEXT.replace("<11>", "<14>")
    assert codes(editor.open(PATH, text)) == ["B021"]
    (editor.root / OTHER).rename(editor.root / "proposals/fep-0014.rst")
    (editor.root / "proposals/fep-0014.rst").write_text(proposal(14, "Sessions"), "utf-8")
    editor.save(PATH)
    assert editor.found(PATH) == []
    (editor.root / "proposals/fep-0014.rst").unlink()
    editor.save(PATH)
    assert codes(editor.found(PATH)) == ["B021"]


def test_a_file_that_is_not_saved_yet_or_was_deleted_is_checked(
    begin: Callable[..., Editor],
) -> None:
    editor = begin("my docs")
    editor.begin()
    new = "proposals/fep-0020.rst"
    assert editor.open(new, proposal(20, "Views")) == []
    assert codes(editor.change(new, proposal(20, "Views").replace("Draft", "Drft"))) == ["H104"]
    editor.open(PATH)
    (editor.root / PATH).unlink()
    uri = editor.uri(PATH)
    editor.tell("workspace/didChangeWatchedFiles", changes=[{"uri": uri, "type": 3}])
    assert editor.found(PATH) == []
    assert codes(editor.change(PATH, WRONG)) == ["H103"]


def test_documents_that_are_no_files_are_ignored(begin: Callable[..., Editor]) -> None:
    editor = begin("my docs")
    editor.begin()
    file = editor.root / PATH
    for uri in (
        "untitled:Untitled-1",
        file.as_uri().replace("file:", "git:") + "?%7B%22ref%22%3A%22%22%7D",
        file.as_uri().replace("file:", "untitled:"),
        "file://elsewhere/share/fep-0001.rst",
        "file:///%00",
    ):
        document = {"uri": uri, "languageId": "rst", "version": 1, "text": WRONG}
        editor.tell("textDocument/didOpen", textDocument=document)
        at = {"line": 5, "character": 10}
        assert editor.ask("textDocument/hover", textDocument={"uri": uri}, position=at) is None
    assert editor.open(PATH) == []
    assert editor.unheard("window/showMessage") == []
    shown = editor.unheard("textDocument/publishDiagnostics")
    assert {message["params"]["uri"] for message in shown} <= {editor.uri(PATH)}


def test_a_repository_behind_a_link_keeps_the_names_that_the_editor_uses(
    begin: Callable[..., Editor],
) -> None:
    editor = begin("real dir")
    real, editor.root = editor.root, editor.root.with_name("linked dir")
    editor.root.symlink_to(real)
    editor.begin()
    assert codes(editor.open(PATH, WRONG)) == ["H103"]
    assert target(editor) == editor.uri(OTHER)


def test_proposals_behind_a_link_are_known(begin: Callable[..., Editor]) -> None:
    """The editor has opened a link to the directory of proposals alone."""
    editor = begin("real dir")
    real, editor.root = editor.root, editor.root.with_name("linked")
    editor.root.symlink_to(real / "proposals")
    editor.begin()
    document = {"uri": editor.uri("fep-0012.rst"), "languageId": "rst", "version": 1, "text": WRONG}
    editor.tell("textDocument/didOpen", textDocument=document)
    shown = editor.wait(lambda m: m.get("params", {}).get("uri") == document["uri"])
    assert codes(shown["params"]["diagnostics"]) == ["H103"]


def target(editor: Editor) -> Any:
    return editor.at("definition", PATH, *position(WRONG, ":fep:`a req"))["uri"]


def test_a_root_on_the_command_line_may_be_a_link(checkout: Callable[..., Path]) -> None:
    source = checkout(dict(TEXTS))
    root = source / "real"
    root.mkdir()
    for part in ("fep", "proposals"):
        (source / part).rename(root / part)
    link = source / "a link"
    link.symlink_to(root)
    for given, opened in ((link, root), (root, link)):
        editor = Editor(source, "--root", str(given))
        editor.root = opened
        try:
            editor.begin()
            assert codes(editor.open(PATH, WRONG)) == ["H103"]
            assert target(editor) == editor.uri(OTHER)
        finally:
            editor.close()


def test_several_repositories_are_open_at_once(begin: Callable[..., Editor]) -> None:
    editor = begin("one é")
    second = editor.root.parent / "two #"
    shutil.copytree(editor.root, second)
    (second / OTHER).write_text(proposal(11, "Signals of two"), "utf-8")
    folders = [{"uri": f"{root.as_uri()}/", "name": root.name} for root in (editor.root, second)]
    editor.ask("initialize", processId=None, rootUri=folders[0]["uri"], workspaceFolders=folders,
               capabilities=CAPABILITIES)  # fmt: skip
    editor.tell("initialized")
    assert codes(editor.open(PATH, WRONG)) == ["H103"]
    first, editor.root = editor.root, second
    assert codes(editor.open(PATH, WRONG)) == ["H103"]
    assert target(editor) == editor.uri(OTHER)
    editor.root = first
    assert target(editor) == editor.uri(OTHER)
    found = editor.ask("workspace/symbol", query="FEP 11")
    assert {symbol["location"]["uri"] for symbol in found} == {
        (root / OTHER).as_uri() for root in (first, second)
    }
