"""Fixtures for all tests: this repository's process, and repositories made from texts."""

from __future__ import annotations

import gc
import json
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from fep_tools.notes.frameworks import environment_digest
from fep_tools.notes.results import harness_digest
from fep_tools.process.loader import load_process
from fep_tools.process.model import Process
from fep_tools.proposals import loader
from fep_tools.proposals.body import Body, IncludedFile
from fep_tools.proposals.pool import BODIES_PER_WORKER, BodyReader, EarlyWorkers, read_bodies
from fep_tools.proposals.vocabulary import Vocabulary

# A shell lets what it starts in the background ignore Ctrl-C, and the commands that tests interrupt
# would inherit that.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

# No test measures time. By default Hypothesis fails an example that takes more than 200 ms, which
# happens when many tests run at once.
settings.register_profile("no-deadline", deadline=None)
settings.load_profile("no-deadline")


def pytest_configure() -> None:
    """Collect tests without looking for garbage among all of them, which takes a tenth of the time.

    Other programs that import this module, such as the fuzzers, go on looking for it.
    """
    gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage again, but not among the tests that were collected."""
    gc.freeze()
    gc.enable()


ROOT = Path(__file__).parents[1]
MAX_WORKERS = 4
"""How many worker processes are kept; each has 40 MB."""

TODAY = date(2026, 11, 20)
NOTED = """\
FEP: 7
Title: Typed views
Author: Ada Lovelace
Status: Draft
Type: Standards Track
Created: 2026-11-01

Cross-Framework Notes
=====================

Sanic
-----

:Stance: similar
:Docs: https://sanic.dev/en/guide/

A view may declare what it returns.

.. code-block:: python
   :class: fep-check
   :name: sanic-view

   from sanic import Sanic

   Sanic("demo").name   #> 'demo'

Hug
---

:Stance: absent

Hug has no such feature.

Copyright
=========

This document is placed in the public domain or under the CC0-1.0-Universal license, whichever is
more permissive.
"""
"""A proposal with two notes; one of them has a snippet."""

SNIPPET = "from sanic import Sanic\n\nSanic(\"demo\").name   #> 'demo'"
LOCK = "sanic==25.12.1\n"


def noted_result(**changed: Any) -> dict[str, Any]:
    """Return the verified result of that snippet, with some values replaced."""
    return {
        "checks": [{"line": 3, "expected": "'demo'", "got": "'demo'", "ok": True}],
        "environment": environment_digest(LOCK, "3.11"),
        "framework": "sanic",
        "harness": harness_digest(),
        "python": "3.11",
        "snippet": sha256(SNIPPET.encode()).hexdigest(),
        "state": "verified",
        "version": "25.12.1",
        **changed,
    }


@pytest.fixture(scope="session", autouse=True)
def own_cache(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the tests from using or changing the user's cache."""
    os.environ["XDG_CACHE_HOME"] = str(tmp_path_factory.mktemp("cache"))


@pytest.fixture(scope="session", autouse=True)
def kept_workers() -> Iterator[None]:
    """Keep the worker processes that parse bodies: to start one takes longer than most tests."""
    readers: dict[Vocabulary, BodyReader] = {}

    def read(
        texts: Sequence[str],
        vocabulary: Vocabulary,
        jobs: int = 0,
        *,
        files: Sequence[Sequence[IncludedFile]] = (),
        early: EarlyWorkers | None = None,
    ) -> Iterator[tuple[int, Body]]:
        if len(texts) > BODIES_PER_WORKER:
            yield from read_bodies(texts, vocabulary, jobs, files=files, early=early)
        elif texts:
            # Taken out while it is in use, since another thread must not write to its pipe.
            reader = readers.pop(vocabulary, None) or BodyReader(vocabulary)
            try:
                for n, text in enumerate(texts):
                    yield n, reader.read(text, files[n] if files else ())
            finally:
                if readers.setdefault(vocabulary, reader) is not reader:
                    reader.stop()  # another thread has put its own back
                elif len(readers) > MAX_WORKERS:
                    readers.pop(next(iter(readers))).stop()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(loader, "read_bodies", read)
        patch.setattr(EarlyWorkers, "start", lambda *_: None)
        yield
    for reader in readers.values():
        reader.stop()


@pytest.fixture(scope="session")
def process() -> Process:
    return load_process(ROOT / "fep" / "process.toml")


@pytest.fixture(scope="session")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A directory with clones of the repositories that other communities keep."""
    bundles = os.environ.get("FEP_CORPORA")
    if not bundles:
        pytest.skip("FEP_CORPORA does not name the directory of the bundles")
    directory = tmp_path_factory.mktemp("corpora")
    for name in ("peps", "deps"):
        bundle = Path(bundles) / f"{name}.bundle"
        subprocess.run(["git", "clone", "--quiet", bundle, directory / name], check=True)
    return directory


@pytest.fixture
def checkout(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that makes a repository with this process and the given files."""

    def make(proposals: dict[str, str | bytes] | None = None) -> Path:
        (tmp_path / "fep").mkdir(exist_ok=True)
        shutil.copytree(ROOT / "fep/templates", tmp_path / "fep/templates", dirs_exist_ok=True)
        (tmp_path / "proposals").mkdir(exist_ok=True)
        for name in ("process.toml", "frameworks.toml"):
            text = (ROOT / "fep" / name).read_text("utf-8")
            (tmp_path / "fep" / name).write_text(text, "utf-8")
        for name, content in (proposals or {}).items():
            data = content.encode() if isinstance(content, str) else content
            (tmp_path / "proposals" / name).write_bytes(data)
        return tmp_path

    return make


@pytest.fixture
def noted(checkout: Callable[..., Path]) -> Callable[..., Path]:
    """Return a function that makes a repository with a note, its lock and its result."""

    def make(**changed: Any) -> Path:
        root = checkout({"fep-0007.rst": NOTED})
        (root / "fep" / "environments").mkdir(exist_ok=True)
        (root / "fep" / "environments" / "sanic.txt").write_text(LOCK, "utf-8")
        results = {"number": 7, "snippets": {"sanic-view": noted_result(**changed)}}
        file = root / "proposals" / "fep-0007.notes.json"
        file.write_text(json.dumps(results), "utf-8")
        return root

    return make


@pytest.fixture
def alarm() -> Iterator[None]:
    """End what hangs. Nothing is timed: what is read in milliseconds here would take minutes."""

    def hangs(*_: object) -> None:
        raise TimeoutError("reading a hostile text does not come to an end")

    before = signal.signal(signal.SIGALRM, hangs)
    signal.alarm(60)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)
