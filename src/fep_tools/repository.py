"""A checkout: where it is, what its process is, and what it holds.

The one place that puts reading and judging together, for every front of the tool.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from collections.abc import Mapping
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from typing import TYPE_CHECKING

from . import __version__
from . import config
from . import tomlfile
from .diagnostic import Severity
from .diagnostic import Verdict
from .errors import FepError
from .errors import ProcessError
from .errors import RepositoryError
from .reading import files
from .reading.cache import Cache
from .reading.cache import key
from .report import json

if TYPE_CHECKING:
    from .edit.new import Wanted
    from .process import Process
    from .proposal import Corpus
    from .reading.corpus import Source

PROCESSES = Path(__file__).parent / "processes"
"""The processes that are shipped, as ``NAME.toml``."""


@dataclass(frozen=True)
class Repository:
    """The checkout at *root*, under the process that *process_text* defines."""

    root: Path
    settings: config.Settings
    process_name: str
    process_text: str
    cache: Cache

    @classmethod
    def open(cls, root: Path, process: str | None = None, cache: Path | None = None) -> Repository:
        """The repository at *root*.

        *process* is a file or the name of a shipped one; without it the settings decide.
        Raises :class:`RepositoryError`, :class:`ConfigError` or :class:`ProcessError`.
        """
        if not root.is_dir():
            raise RepositoryError(f"{root}: not a folder")
        settings = config.read(root)
        name, text = _process(root, process, settings["process"])
        return cls(root, settings, name, text, Cache(cache))

    @cached_property
    def process(self) -> Process:
        """How this community writes and decides proposals."""
        from .process import Process

        return Process.parse(self.process_text, self.process_name)

    @cached_property
    def sources(self) -> dict[str, Source]:
        """The bytes of everything that is looked at, or why they are not there, by path."""
        table = tomlfile.parse(self.process_text, self.process_name, ProcessError).get("files")
        globs = table if isinstance(table, dict) else {}
        paths = files.discover(self.root, globs.get("include", ()), globs.get("exclude", ()))
        return {path: files.read(self.root, path) for path in paths}

    def corpus(self, *, bodies: bool = True, jobs: int = 0) -> Corpus:
        """Every proposal; with ``bodies=False`` only their headers are read."""
        from .reading import corpus

        return corpus.read(self.sources, self.process, self.cache, bodies=bodies, jobs=jobs)

    def check(
        self,
        paths: Sequence[str] = (),
        *,
        select: Sequence[str] = (),
        ignore: Sequence[str] = (),
        today: date,
        jobs: int = 0,
        replaced: Mapping[str, Source] | None = None,
    ) -> Verdict:
        """What the rules find; with *paths* only in those files.

        *replaced* stands for the bytes of some files, as an editor has them.
        """
        sources = {**self.sources, **(replaced or {})}
        select = select or self.settings["select"]
        ignore = [*ignore, *self.settings["ignore"]]
        run = self._run_key(sources, paths, select, ignore, today)
        known = self.cache.get([run]).get(run)
        if known is not None:
            try:
                return json.load(known)
            except ValueError:
                pass
        verdict = self._judge(sources, paths, select, ignore, today, jobs)
        self.cache.put({run: json.dump(verdict)})
        return verdict

    def text(self, path: str) -> str:
        """What the file at *path* holds, as far as it is text."""
        source = self.sources.get(path, b"")
        return source.decode("utf-8", "replace") if isinstance(source, bytes) else ""

    def fixes(
        self, *, replaced: Mapping[str, Source] | None = None, **asked: Any
    ) -> dict[str, str]:
        """What the files would hold that can be mended, each mended until nothing is left.

        *asked* is as for :meth:`check`.
        """
        from .lint import fix

        texts = {path: data for path, data in (replaced or {}).items() if isinstance(data, bytes)}
        now = dict(texts)
        for _round in range(fix.ROUNDS):
            verdict = self.check(replaced=now, **asked)
            mended = fix.mended(verdict.diagnostics, lambda path: _decoded(now, path, self.text))
            if not mended:
                break
            now.update((path, text.encode()) for path, text in mended.items())
        return {p: data.decode() for p, data in now.items() if data != texts.get(p)}

    def new(self, wanted: Wanted) -> str:
        """Make the file of a new proposal; its path.

        Raises :class:`FepError` where the text would not pass its own check.
        """
        from .edit import files as written
        from .edit import new

        kind = new.type_of(self.process, wanted.type)
        template = new.template(Path(self.process_name), kind)
        wanted = replace(wanted, type=kind.name)
        for number in new.free_numbers(self.process, self.corpus(bodies=False)):
            path = self.process.new_path(number, wanted.title)
            data = new.text(self.process, number, wanted, template).encode()
            self._must_pass(path, data, wanted.created)
            if written.create(self.root, path, data):
                return path
        raise RepositoryError(f"every number up to {new.LAST} is taken")

    def _must_pass(self, path: str, data: bytes, today: date) -> None:
        verdict = self.check([path], today=today, jobs=1, replaced={path: data})
        for told in verdict.diagnostics:
            if told.severity is Severity.ERROR:
                raise FepError(f"not made, since it would be wrong: {told.message}")

    def _judge(
        self,
        sources: Mapping[str, Source],
        paths: Sequence[str],
        select: Sequence[str],
        ignore: Sequence[str],
        today: date,
        jobs: int,
    ) -> Verdict:
        from .lint import engine
        from .lint.rule import all_rules
        from .reading import corpus

        rules = engine.select(all_rules(), select, ignore)
        bodies = any(rule.family.body for rule in rules)
        read = corpus.read(sources, self.process, self.cache, bodies=bodies, jobs=jobs)
        only = frozenset(paths) if paths else None
        told = engine.check(read, self.process, rules, today=today, paths=only)
        return Verdict(self.process.acronym, len(paths) or len(read), tuple(told))

    def _run_key(self, sources: Mapping[str, Source], *rest: Any) -> bytes:
        """What a verdict depends on: the tool, the process, every file, and what was asked."""
        parts = [_tool(), self.process_text, repr(rest)]
        contents = (
            part
            for path, source in sources.items()
            for part in (path, source if isinstance(source, bytes) else repr(source))
        )
        return key(*parts, *contents)


def _decoded(now: Mapping[str, bytes], path: str, text: Callable[[str], str]) -> str:
    return now[path].decode() if path in now else text(path)


def _process(root: Path, asked: str | None, configured: str) -> tuple[str, str]:
    """The name and the text of the process that is *asked* for, or else *configured*."""
    if asked is not None and (shipped := PROCESSES / f"{asked}.toml").is_file():
        return f"{asked}.toml", shipped.read_text("utf-8")
    path = Path(asked) if asked is not None else root / configured
    if asked is None and not path.is_file():
        raise RepositoryError(
            f"{root}: no {configured}; name a process with --process FILE or --process NAME "
            f"({', '.join(sorted(p.stem for p in PROCESSES.glob('*.toml')))})"
        )
    try:
        return str(path), path.read_text("utf-8")
    except (OSError, ValueError) as problem:
        reason = getattr(problem, "strerror", None) or problem
        raise ProcessError(f"{path}: cannot be read: {str(reason).lower()}") from None


def _tool() -> str:
    """This tool as it is on disk: its version, and its modules' sizes and times."""
    package = Path(__file__).parent
    entries = [
        f"{entry.name} {entry.stat().st_size} {entry.stat().st_mtime_ns}"
        for folder in (package, package / "lint", package / "lint" / "rules")
        for entry in os.scandir(folder)
        if entry.name.endswith(".py")
    ]
    return f"{__version__} {sorted(entries)}"
