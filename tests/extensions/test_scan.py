"""Scans of sources and of distributions."""

from __future__ import annotations

import io
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

from fep_tools._cache import Cache
from fep_tools.errors import FepError
from fep_tools.extensions.executors import Threads
from fep_tools.extensions.project import File, Release
from fep_tools.extensions.scan import pick_file, scan_files, scan_sources, ScanJob

SYMBOLS = ("flask.Flask.env", "flask.Markup")


def found(sources: dict[str, str]) -> list[str]:
    return [f"{u.path}:{u.line} {u.certainty}" for u in scan_sources(sources, SYMBOLS).uses]


def test_other_modules_of_the_distribution() -> None:
    sources = {
        "src/shop/__init__.py": "from .main import app as shop_app",
        "src/shop/main.py": "from flask import Flask\napp = Flask('x')",
        "src/shop/db/__init__.py": "from ..main import app as x\nx.env",
        "src/shop/db/a.py": (
            "from shop import shop_app\nshop_app.env\nfrom shop.main import app as y\ny.env"
        ),
        "src/shop/db/b.py": "from .. import shop_app as z\nz.env\nfrom . import c\nc.env",
        "src/shop/db/c.py": "from .nowhere import app\napp.env",
    }
    assert found(sources) == [
        "src/shop/db/__init__.py:2 certain",
        "src/shop/db/a.py:2 certain",
        "src/shop/db/a.py:4 certain",
        "src/shop/db/b.py:2 certain",
        "src/shop/db/c.py:2 likely",
    ]


def test_modules_that_import_each_other() -> None:
    sources = {
        "a.py": "from b import x\nimport flask\ny = flask.Flask('')\nx.env",
        "b.py": "from a import y\nimport flask\nx = flask.Flask('')\ny.env",
    }
    assert set(found(sources)) <= {"a.py:4 certain", "b.py:4 certain"}
    assert found(sources)


def test_many_modules_in_a_row() -> None:
    sources = {f"m{n}.py": f"from m{n + 1} import x" for n in range(400)}
    sources["m400.py"] = "import flask\nx = flask.Flask('')\nx.env"
    assert "m400.py:3 certain" in found(sources)


def test_app_of_another_file_of_an_extension() -> None:
    sources = {"a.py": "import flask", "b.py": "def init_app(app): app.env"}
    assert found(sources) == ["b.py:1 likely"]
    assert found({"b.py": "def init_app(app): app.env"}) == []


def test_own_module_called_flask() -> None:
    assert found(
        {"pkg/flask.py": "class Markup: pass", "pkg/a.py": "from flask import Markup"}
    ) == ["pkg/a.py:1 certain"]


def test_unread() -> None:
    result = scan_sources({"a.py": "print 'env'", "b.py": "from .a import x"}, SYMBOLS)
    assert [(u.path, u.reason) for u in result.unread] == [("a.py", "line 1 is not valid Python 3")]
    assert result.files == 2


def wheel(**files: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, text in files.items():
            archive.writestr(name.replace("__", "/") + ".py", text)
    return buffer.getvalue()


DATA = wheel(shop__main="from flask import Markup", shop__old="print 'Markup'")
FILE = File("shop-1.0-py3-none-any.whl", "https://example.org/shop", sha256(DATA).hexdigest())


def job(symbols: tuple[str, ...] = SYMBOLS, file: File = FILE) -> ScanJob:
    return ScanJob(file, symbols, download)


def download(file: File) -> bytes:
    if file.filename.startswith("gone"):
        raise FepError("gone: the package index answered with HTTP status 404")
    return DATA


def test_a_second_scan_does_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite")
    first, failures, computed = scan_files({"shop 1.0": job()}, Threads(1), cache)
    assert (computed, failures) == (1, {})
    result = first["shop 1.0"]
    assert [(u.path, u.line, u.symbol) for u in result.uses] == [
        ("shop/main.py", 1, "flask.Markup")
    ]
    assert [u.path for u in result.unread] == ["shop/old.py"]
    again = scan_files({"shop 1.0": job()}, Threads(1), cache)
    assert again == (first, {}, 0)
    assert scan_files({"shop 1.0": job(("flask.escape",))}, Threads(1), cache)[2] == 1


def test_a_file_that_is_gone(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache.sqlite")
    gone = File("gone-1.0.tar.gz", "https://example.org/gone", "00")
    values, failures, _ = scan_files({"gone": job(file=gone), "shop": job()}, Threads(1), cache)
    assert list(values) == ["shop"]
    assert failures == {"gone": "gone: the package index answered with HTTP status 404"}


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (["a-1.tar.gz", "a-1-py3-none-any.whl"], "a-1-py3-none-any.whl"),
        (["a-1-cp311-cp311-linux.whl", "a-1.tar.gz"], "a-1.tar.gz"),
        (["a-1-cp311-cp311-linux.whl"], "a-1-cp311-cp311-linux.whl"),
        (["a-1.exe"], None),
        ([], None),
    ],
)
def test_pick_file(names: list[str], expected: str | None) -> None:
    release = Release("1", tuple(File(name, "", "") for name in names))
    picked = pick_file(release)
    assert (picked.filename if picked else None) == expected
