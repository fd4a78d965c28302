"""``fep extensions scan`` and ``affected``, and ``fep upgrade``, on distributions in memory."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from datetime import datetime, UTC
from hashlib import sha256
from pathlib import Path

import pytest

from fep_tools.cli.commands.extensions import _scans
from fep_tools.extensions import executors
from fep_tools.extensions.affected import AffectedFile
from fep_tools.extensions.index import IndexUnavailable, ProjectNotFound
from fep_tools.extensions.project import File, Project, Release, sort_releases

from .drafts import GOOD, Run

LIST = """\
[[extension]]
name = "Flask-Old"
modules = ["flask_old"]
why = "Uses what is gone."
[[extension]]
name = "Flask-None"
modules = ["flask_none"]
why = "Does not exist."
[[extension]]
name = "Flask-New"
modules = ["flask_new"]
why = "Was released later."
"""


def wheel(files: dict[str, str]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    return buffer.getvalue()


OLD = wheel(
    {
        "flask_old/__init__.py": "from flask import Markup\n",
        "flask_old/py2.py": "print 'Markup'",
    }
)
FIXED = wheel({"flask_old/__init__.py": "from markupsafe import Markup\n"})
FILES = {
    ("flask", "2.3.0", 2023, 4): wheel({}),
    ("flask", "3.0.0", 2023, 9): wheel({}),
    ("flask-old", "1.0", 2022, 1): OLD,
    ("flask-old", "1.1", 2024, 1): FIXED,
    ("flask-new", "1.0", 2024, 1): FIXED,
}


class FakeIndex:
    """An index with the distributions in :data:`FILES`."""

    def project(self, name: str) -> Project:
        key = name.lower()
        releases = [
            Release(version, (file(key, version, data, datetime(year, month, 1, tzinfo=UTC)),))
            for (project, version, year, month), data in FILES.items()
            if project == key
        ]
        if not releases:
            raise ProjectNotFound(f"{key}: the package index has no such project")
        return Project(key, sort_releases(releases))

    def download(self, file: File) -> bytes:
        for data in FILES.values():
            if sha256(data).hexdigest() == file.sha256:
                return data
        raise IndexUnavailable(f"{file.filename}: is gone")


def file(name: str, version: str, data: bytes, uploaded: datetime) -> File:
    filename = f"{name.replace('-', '_')}-{version}-py3-none-any.whl"
    return File(filename, "", sha256(data).hexdigest(), len(data), uploaded)


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_scans, "open_source", lambda cache: FakeIndex())
    monkeypatch.setattr(executors, "Processes", executors.Threads)


@pytest.fixture
def repository(checkout: Callable[..., Path], index: None) -> Path:
    from ..conftest import ROOT

    text = (ROOT / "proposals/fep-0035.rst").read_text("utf-8")
    root = checkout({"fep-0035.rst": text})
    (root / "fep/extensions.toml").write_text(LIST, "utf-8")
    return root


def test_scan(repository: Path, run: Run) -> None:
    status, out, err = run(repository, "extensions", "scan", "--proposal", "35")
    assert status == 2
    assert out == (
        "not scanned: flask-none: the package index has no such project\n"
        "2 distributions scanned for 2 names, 0 affected, 1 not scanned\n"
    )
    command = ("extensions", "scan", "Flask-Old", "--version", "1.0", "--symbol", "flask.Markup")
    status, out, err = run(repository, *command)
    assert (status, err) == (0, "")
    assert out == (
        "Flask-Old 1.0: flask_old-1.0-py3-none-any.whl\n"
        "  flask_old/__init__.py:1:19: flask.Markup (certain)\n"
        "  flask_old/py2.py: not read: line 1 is not valid Python 3\n"
        "1 distribution scanned for 1 name, 1 affected, 1 not read completely\n"
    )


def test_scan_as_of(repository: Path, run: Run) -> None:
    command = ("extensions", "scan", "flask-old", "flask-new", "--symbol", "flask.Markup")
    status, out, _err = run(repository, *command, "--as-of", "2023-01-01", "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert found["absent"] == ["flask-new"]
    (old,) = found["distributions"]
    assert (old["version"], old["files"]) == ("1.0", 2)
    assert old["uses"] == [
        {
            "path": "flask_old/__init__.py", "line": 1, "column": 19, "symbol": "flask.Markup",
            "certainty": "certain",
        }
    ]  # fmt: skip
    _status, out, _err = run(repository, *command, "--as-of", "2023-01-01")
    assert "flask-new: had no release\n" in out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ((), "give either --symbol or --proposal"),
        (("--symbol", "a.b", "--proposal", "35"), "give either --symbol or --proposal"),
        (("--symbol", "a.b", "--version", "1"), "--version needs exactly one NAME"),
        (("--proposal", "36"), "there is no FEP 36"),
    ],
)
def test_scan_usage(repository: Path, run: Run, arguments: tuple[str, ...], message: str) -> None:
    status, _out, err = run(repository, "extensions", "scan", *arguments)
    assert status == 2
    assert message in err


def test_scan_of_a_release_that_is_not_there(repository: Path, run: Run) -> None:
    command = ("extensions", "scan", "Flask-Old", "--version", "9", "--symbol", "flask.Markup")
    status, out, _err = run(repository, *command)
    assert status == 2
    assert "not scanned: Flask-Old: there is no release 9\n" in out


def test_a_proposal_without_names(checkout: Callable[..., Path], run: Run) -> None:
    root = checkout({"fep-0012.rst": GOOD})
    status, _out, err = run(root, "extensions", "scan", "--proposal", "12")
    assert (status, "has no header that declares names" in err) == (2, True)


def test_no_list_of_extensions(repository: Path, run: Run) -> None:
    (repository / "fep/extensions.toml").unlink()
    status, _out, err = run(repository, "extensions", "scan", "--symbol", "a.b")
    assert (status, "fep/extensions.toml is missing" in err) == (2, True)


def test_affected(repository: Path, run: Run) -> None:
    path = repository / "proposals/fep-0035.extensions.json"
    status, out, err = run(repository, "extensions", "affected", "--dry-run")
    assert status == 2
    assert not path.exists()
    status, out, err = run(repository, "extensions", "affected", "35")
    assert status == 2
    assert out == "FEP 35: 1 of 1 extension affected (last releases before 3.0): Flask-Old\n"
    assert "flask-none: the package index has no such project" in err
    results = AffectedFile.parse(path.read_bytes())
    assert results.dump() == path.read_bytes()
    assert (results.before, results.absent) == ("3.0", ("Flask-New",))
    assert results.symbols == ("flask.Markup", "flask.escape")
    assert list(results.failures) == ["Flask-None"]
    old = results.extensions["Flask-Old"]
    assert [(u.symbol, u.line, u.certainty) for u in old.uses] == [("flask.Markup", 1, "certain")]
    assert [u.path for u in old.unread] == ["flask_old/py2.py"]
    assert run(repository, "check")[0] == 0


# fep upgrade -------------------------------------------------------------------------------------


def test_upgrade(repository: Path, run: Run) -> None:
    app = repository / "app.py"
    app.write_text("from flask import Markup\n", "utf-8")
    status, out, _err = run(repository, "upgrade", "--from", "2.2", "--to", "3.1", "app.py")
    assert status == 1
    assert out == (
        "app.py:1:19: error FEP35 [removed]: flask.Markup was removed in 3.0 "
        "(deprecated since 2.3)\n"
        " 1 | from flask import Markup\n"
        "   |                   ^^^^^^\n"
        "   = help: read FEP 35, Removal of flask.Markup and flask.escape\n"
        "\n"
        "1 file checked: 1 error\n"
    )
    status, out, _err = run(repository, "upgrade", "--from", "3.0", "--to", "3.1", "app.py")
    assert (status, out) == (0, "1 file checked: no findings\n")
    status, out, _err = run(repository, "upgrade", "--from", "2.2", "--to", "2.3", "app.py")
    assert status == 0
    assert "warning FEP35 [deprecated]" in out
    app.write_text("print 'Markup'\n", "utf-8")
    status, _out, err = run(repository, "upgrade", "--from", "2.2", "--to", "3.1", ".")
    assert status == 2
    assert err == "fep: app.py: not read: line 1 is not valid Python 3\n"


def test_upgrade_of_pins(repository: Path, run: Run) -> None:
    pins = repository / "requirements.txt"
    command = ("upgrade", "--from", "2.2", "--to", "3.1", "requirements.txt")
    pins.write_text("Flask==2.3.0\nFlask-Old==1.0\n", "utf-8")
    status, out, _err = run(repository, *command, "--format", "concise")
    assert status == 1
    assert out.startswith("flask-old 1.0/flask_old/__init__.py:1:19: error FEP35 [removed]: ")
    pins.write_text("Flask==2.3.0\nFlask-Old==1.1\n", "utf-8")
    assert run(repository, *command)[0] == 0
    pins.write_text("Flask-Old==1.1\nFlask-None==1.0\n", "utf-8")
    status, _out, err = run(repository, *command)
    assert status == 2
    assert "requirements.txt: flask-none: the package index has no such project" in err
    pins.write_text("Flask\n", "utf-8")
    status, _out, err = run(repository, *command)
    assert (status, "pins no version" in err) == (2, True)


def test_upgrade_without_a_repository(tmp_path: Path, run: Run, index: None) -> None:
    (tmp_path / "app.py").write_text("import flask\nflask.Markup\n", "utf-8")
    change = {"symbol": "flask.Markup", "kind": "removes", "number": 35, "release": "3.0"}
    changes = tmp_path / "changes.json"
    changes.write_text(json.dumps({"process": "FEP", "changes": [change]}), "utf-8")
    command = ("upgrade", "--from", "2.2", "--to", "3.1", "--changes", "changes.json", "app.py")
    status, out, _err = run(tmp_path, *command, "--format", "json")
    assert status == 1
    (found,) = json.loads(out)["diagnostics"]
    assert (found["path"], found["line"], found["code"]) == ("app.py", 2, "FEP35")
    changes.write_text("{}", "utf-8")
    status, _out, err = run(tmp_path, *command)
    assert (status, "changes.json: does not have the format" in err) == (2, True)


def test_upgrade_wants_versions(tmp_path: Path, run: Run) -> None:
    status, _out, err = run(tmp_path, "upgrade", "--from", "two", "--to", "3.1", ".")
    assert (status, '"two" is not a version; write it as 3.2' in err) == (2, True)
