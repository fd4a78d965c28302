"""What breaks when Flask is upgraded."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools._files import MAX_FILE_BYTES
from fep_tools.diagnostics import Severity
from fep_tools.extensions.programs import read_program
from fep_tools.extensions.scan import scan_sources
from fep_tools.extensions.symbols import SymbolChange
from fep_tools.extensions.upgrade import (
    ChangesFile,
    DeclaredChange,
    describe,
    find_breaks,
    relevant_changes,
)

MARKUP = SymbolChange("flask.Markup", "removes", 35, "2.3", "3.0")
ENV = SymbolChange("flask.Flask.env", "removes", 23, "2.2", "2.3")
VERSION = SymbolChange("flask.__version__", "removes", 20, "3.0", "3.2")
CONTEXT = SymbolChange("flask.ctx.RequestContext", "deprecates", 28, "3.2", None)
REDIRECT = SymbolChange("flask.redirect", "changes", 37, None, "3.2")
UNKNOWN = SymbolChange("flask.x.y", "removes", 1, None, None)
CHANGES = (MARKUP, ENV, VERSION, CONTEXT, REDIRECT, UNKNOWN)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("2.2", "3.1", {ENV: "removed", MARKUP: "removed", VERSION: "deprecated"}),
        ("2.2.5", "2.3.0", {ENV: "removed", MARKUP: "deprecated"}),
        ("2.3", "3.0.3", {MARKUP: "removed", VERSION: "deprecated"}),
        ("2.3.3", "2.3.3", {}),
        ("3.0", "3.1", {}),
        ("3.1", "3.2", {VERSION: "removed", REDIRECT: "changed", CONTEXT: "deprecated"}),
        ("0.9", "0.10", {}),
    ],
)
def test_relevant_changes(before: str, after: str, expected: dict[SymbolChange, str]) -> None:
    found = relevant_changes(CHANGES, before, after)
    assert list(found.items()) == list(expected.items())


@pytest.mark.parametrize(
    ("change", "state", "text"),
    [
        (MARKUP, "removed", "was removed in 3.0 (deprecated since 2.3)"),
        (SymbolChange("a.b", "removes", 1, None, "3.0"), "removed", "was removed in 3.0"),
        (VERSION, "deprecated", "is deprecated since 3.0, and removed in 3.2"),
        (CONTEXT, "deprecated", "is deprecated since 3.2"),
        (REDIRECT, "changed", "behaves differently since 3.2"),
    ],
)
def test_describe(change: SymbolChange, state: str, text: str) -> None:
    assert describe(change, state) == text  # type: ignore[arg-type]


def test_breaks() -> None:
    source = (
        "import flask\n"
        "flask.Markup('')\n"
        "def f(app): app.env\n"
        "getattr(flask, 'Markup', None)\n"
        "flask.__version__\n"
    )
    states = relevant_changes(CHANGES, "2.2", "3.1")
    result = scan_sources({"a.py": source}, [change.symbol for change in states])
    found = list(find_breaks(result, states, "FEP", {35: "read FEP 35"}, {"a.py": source}))
    assert [(d.span.line, d.code, d.name, d.severity) for d in found] == [
        (2, "FEP35", "removed", Severity.ERROR),
        (3, "FEP23", "removed", Severity.ERROR),
        (4, "FEP35", "removed", Severity.STYLE),
        (5, "FEP20", "deprecated", Severity.WARNING),
    ]
    assert found[0].message == "flask.Markup was removed in 3.0 (deprecated since 2.3)"
    assert found[0].help == "read FEP 35"
    assert found[0].excerpt == ("flask.Markup('')",)
    assert (found[0].span.column, found[0].span.end_column) == (7, 13)
    assert found[1].message.endswith("; by its name, the object is Flask's")
    assert found[1].help == ""
    assert found[2].message.endswith("; the code is prepared for that")


def test_changes_file() -> None:
    row = DeclaredChange(**MARKUP._asdict(), title="T", url="https://example.org/35")
    file = ChangesFile(process="FEP", changes=(row,))
    assert ChangesFile.parse(file.model_dump_json().encode()) == file
    assert row.to_change() == MARKUP
    with pytest.raises(ValueError, match=r"^does not have the format of changes\.json$"):
        ChangesFile.parse(b"{")
    with pytest.raises(ValueError, match=r'see "changes\.0\.symbol"'):
        ChangesFile.parse(b'{"process": "FEP", "changes": [{}]}')


# Distributions -----------------------------------------------------------------------------------
#
# The sources are excerpts of our own making, in the manner of these releases.

LOGIN_062 = {
    "flask_login/__init__.py": "from .utils import login_url\n",
    "flask_login/utils.py": "from flask import g\n\n\nfrom werkzeug.urls import url_decode\n",
}
LOGIN_063 = {"flask_login/utils.py": "from urllib.parse import parse_qs\n"}
REDOC_021 = {
    "flask_redoc/__init__.py": (
        "from flask import Blueprint\n\n\nclass Redoc:\n    def init_app(self, app):\n"
        "        self.app = app\n        self.app.before_first_request(self.resolve)\n"
    )
}
REDOC_NEXT = {
    "flask_redoc/__init__.py": (
        "from flask import Blueprint\n\n\nclass Redoc:\n    def init_app(self, app):\n"
        "        with app.app_context():\n            self.resolve()\n"
    )
}
PYCTUATOR = {
    "pyctuator/impl/flask_pyctuator.py": (
        "from flask import Flask, Blueprint\nfrom flask.json import JSONEncoder\n\n\n"
        "class Encoder(JSONEncoder):\n    pass\n\n\nblueprint = Blueprint('a', 'b')\n"
        "blueprint.json_encoder = Encoder\n"
    )
}
PYCTUATOR_NEXT = {
    "pyctuator/impl/flask_pyctuator.py": (
        "from flask import Flask, Blueprint\ntry:\n    from flask.json.provider import "
        "DefaultJSONProvider\nexcept ImportError:\n    from flask.json import JSONEncoder\n"
    )
}


@pytest.mark.parametrize(
    ("sources", "expected"),
    [
        (LOGIN_062, ["flask_login/utils.py:4 FEP44"]),
        (LOGIN_063, []),
        (REDOC_021, ["flask_redoc/__init__.py:7 FEP19"]),
        (REDOC_NEXT, []),
        (
            PYCTUATOR,
            [
                "pyctuator/impl/flask_pyctuator.py:2 FEP18",
                "pyctuator/impl/flask_pyctuator.py:10 FEP18",
            ],
        ),
        (PYCTUATOR_NEXT, []),
    ],
)
def test_distributions(sources: dict[str, str], expected: list[str]) -> None:
    from fep_tools.extensions.symbols import decided_changes
    from fep_tools.process.loader import load_process
    from fep_tools.proposals.model import Proposal

    from ..conftest import ROOT

    process = load_process(ROOT / "fep/process.toml")
    files = sorted((ROOT / "proposals").glob("*.rst"))
    proposals = [Proposal.parse(f.read_text("utf-8"), process, f.name) for f in files]
    states = relevant_changes(decided_changes(proposals, process), "2.2", "3.1")
    result = scan_sources(sources, sorted({change.symbol for change in states}))
    found = find_breaks(result, states, "FEP", {}, sources)
    errors = [f"{d.path}:{d.span.line} {d.code}" for d in found if d.severity is Severity.ERROR]
    assert errors == expected


# Programs ----------------------------------------------------------------------------------------


def test_read_program(tmp_path: Path) -> None:
    files = {
        "app.py": b"x = 1",
        "old.py": b"# coding: latin-1\nx = '\xe9'",
        "bad.py": b"x = '\xe9'",
        "odd.py": b"# coding: nonsense\n",
        "text.txt": b"",
        ".hidden/a.py": b"",
        "env/pyvenv.cfg": b"",
        "env/lib/a.py": b"",
        "shop/__pycache__/a.py": b"",
        "shop/a.py": b"",
        "huge.py": b"#" * (MAX_FILE_BYTES + 1),
    }
    for name, data in files.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / "link.py").symlink_to(tmp_path / "app.py")
    sources, unread = read_program(tmp_path)
    names = {Path(path).relative_to(tmp_path).as_posix(): text for path, text in sources.items()}
    assert names == {"app.py": "x = 1", "old.py": "# coding: latin-1\nx = 'é'", "shop/a.py": ""}
    reasons = {Path(u.path).name: u.reason for u in unread}
    assert set(reasons) == {"bad.py", "odd.py", "huge.py"}
    assert reasons["bad.py"] == "is not in the encoding that it declares"
    assert list(read_program(tmp_path / "app.py")[0].values()) == ["x = 1"]


def test_read_program_has_a_limit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from fep_tools.extensions import programs

    monkeypatch.setattr(programs, "MAX_FILES", 2)
    for name in "abc":
        (tmp_path / f"{name}.py").write_text("")
    sources, unread = read_program(tmp_path)
    assert len(sources) == 2
    assert [u.reason for u in unread] == ["there are more than 2 files"]
