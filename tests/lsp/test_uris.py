"""URIs of files and the paths that they stand for, on every system."""

from __future__ import annotations

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fep_tools.lsp.uris import from_path, to_path

POSIX = [
    ("file:///a/b.rst", "/a/b.rst"),
    ("file:///my%20docs/caf%C3%A9+%2B.rst", "/my docs/café++.rst"),
    ("file:///my%20docs/caf%c3%a9.rst", "/my docs/café.rst"),
    ("file:///my docs/café.rst", "/my docs/café.rst"),
    ("file:///a%23b%25%3F;c.rst", "/a#b%?;c.rst"),
    ("file:///a#b?c.rst", "/a#b?c.rst"),
    ("file:///a%2520b.rst", "/a%20b.rst"),
    ("file:///caf%E9.rst", "/caf\udce9.rst"),
    ("file:///c%3A/a.rst", "/c:/a.rst"),
    ("FILE:///a/b.rst", "/a/b.rst"),
    ("file:/a/b.rst", "/a/b.rst"),
    ("file://localhost/a/b.rst", "/a/b.rst"),
    ("file:////a/b.rst", "/a/b.rst"),
    ("file://server/share/a.rst", None),
    ("file:///a%00b", None),
    ("file:///a/\ud800.rst", None),
    ("file:a.rst", None),
    ("file://", None),
    ("untitled:Untitled-1", None),
    ("git:/a/b.rst?%7B%22ref%22%3A%22HEAD%22%7D", None),
    ("vscode-notebook-cell:/a/b.rst#x", None),
    ("", None),
]
WINDOWS = [
    ("file:///c%3A/My%20docs/caf%C3%A9+.rst", "c:\\My docs\\café+.rst"),
    ("file:///c%3a/a.rst", "c:\\a.rst"),
    ("file:///C:/My docs/a.rst", "C:\\My docs\\a.rst"),
    ("file:///c|/a.rst", "c:\\a.rst"),
    ("file://localhost/c:/a.rst", "c:\\a.rst"),
    ("file://server/share/my%20docs/a.rst", "\\\\server\\share\\my docs\\a.rst"),
    ("file://wsl.localhost/Ubuntu/home/a.rst", "\\\\wsl.localhost\\Ubuntu\\home\\a.rst"),
    ("untitled:Untitled-1", None),
]


@pytest.mark.parametrize(("uri", "path"), POSIX)
def test_a_uri_names_a_file(uri: str, path: str | None) -> None:
    assert to_path(uri, windows=False) == path


@pytest.mark.parametrize(("uri", "path"), WINDOWS)
def test_a_uri_names_a_file_of_windows(uri: str, path: str | None) -> None:
    assert to_path(uri, windows=True) == path


def test_spellings_of_a_drive_name_the_same_file() -> None:
    spellings = ("file:///c%3A/a.rst", "file:///C:/a.rst", "file:///c:/A.rst")
    paths = {PureWindowsPath(to_path(uri, windows=True) or "") for uri in spellings}
    assert len(paths) == 1


@pytest.mark.parametrize(
    ("path", "windows", "uri"),
    [
        ("/my docs/café+#%.rst", False, "file:///my%20docs/caf%C3%A9%2B%23%25.rst"),
        ("/caf\udce9.rst", False, "file:///caf%E9.rst"),
        ("c:\\My docs\\a.rst", True, "file:///c:/My%20docs/a.rst"),
        ("\\\\server\\share\\a b.rst", True, "file://server/share/a%20b.rst"),
    ],
)
def test_a_path_is_written_as_a_uri(path: str, windows: bool, uri: str) -> None:
    assert from_path(path, windows=windows) == uri
    assert uri.isascii()


NAMES = st.text(st.characters(exclude_characters="/\0", exclude_categories=["Cs"]), min_size=1)


@given(st.lists(NAMES.filter(lambda name: name not in {".", ".."}), min_size=1))
def test_every_path_survives_the_way_there_and_back(names: list[str]) -> None:
    path = PurePosixPath("/", *names)
    assert PurePosixPath(to_path(from_path(path, windows=False), windows=False) or "") == path


@given(st.text() | st.text().map(lambda text: f"file:///{text}"), st.booleans())
def test_no_uri_raises(uri: str, windows: bool) -> None:
    path = to_path(uri, windows=windows)
    assert path is None or "\0" not in path
