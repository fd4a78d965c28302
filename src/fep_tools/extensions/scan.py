"""Find which distributions use the names of a proposal.

A scan reads sources as text. Its result depends on the digest of the file, the symbols and the
code of the walker, so that a file is scanned once for the same symbols.
"""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from pydantic import BaseModel, ConfigDict, ValidationError

from .._cache import Cache
from .archives import read_archive
from .engine import run, Task
from .executors import Engine
from .expressions import ModuleNames
from .names import find_uses, imports_flask, parse_source, Unreadable, WALKER_VERSION
from .project import File, Release
from .resolution import PossibleValues
from .uses import SymbolTable, Use
from .walker import walk

Download = Callable[[File], bytes]
"""Returns the content of a file, verified; it must be picklable for other processes."""


class Unread(BaseModel):
    """Something that was not read: a *path* in the archive, ``""`` for all of it."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    path: str
    reason: str


class ScanResult(BaseModel):
    """What was found in one file of a distribution.

    :param files: the number of Python files that were read.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    files: int = 0
    uses: tuple[Use, ...] = ()
    unread: tuple[Unread, ...] = ()


@dataclass(frozen=True)
class ScanJob:
    """A file to scan, and how to get it."""

    file: File
    symbols: tuple[str, ...]
    download: Download


def pick_file(release: Release) -> File | None:
    """Return the file of a release to read: a wheel for any platform, an sdist, or any wheel."""
    files = [file for file in release.files if file.filename.endswith((".whl", ".tar.gz", ".zip"))]
    ranks = {True: 2, False: 1}
    return min(
        files,
        key=lambda f: (0 if "-none-any." in f.filename else ranks[f.is_wheel], f.filename),
        default=None,
    )


def scan_files(
    jobs: Mapping[str, ScanJob], engine: Engine, cache: Cache
) -> tuple[Mapping[str, ScanResult], Mapping[str, str], int]:
    """Scan files, each once.

    :param jobs: the jobs by the name of the distribution.
    :return: the results, why there is none, and how many results no former run had stored.
    """
    tasks = [
        Task(name, (job.file.sha256, job.file.filename, str(WALKER_VERSION), *job.symbols), job)
        for name, job in jobs.items()
    ]
    results = run(
        scan_file,
        tasks,
        _decode,
        engine=engine,
        cache=cache,
        activity="scanning: {share} of {total} distributions",
    )
    return results.values, results.failures, results.computed


def scan_file(job: ScanJob) -> str:
    """Return the result of one job as JSON.

    :raises FepError: if the file cannot be downloaded.
    """
    archive = read_archive(job.download(job.file), job.file.filename)
    result = scan_sources(archive.sources, job.symbols)
    problems = tuple(Unread(path=p.member, reason=p.reason) for p in archive.problems)
    return result.model_copy(update={"unread": (*problems, *result.unread)}).model_dump_json()


def _decode(text: str) -> ScanResult:
    try:
        return ScanResult.model_validate_json(text)
    except ValidationError:
        raise ValueError("is not a result of a scan") from None


MAX_USES = 5000
"""Uses that are listed for one distribution or application."""


def scan_sources(sources: Mapping[str, str], symbols: Iterable[str]) -> ScanResult:
    """Return the uses of *symbols* in the sources of one distribution or application.

    :param sources: texts by path.
    """
    tree = _SourceTree(sources, SymbolTable(symbols))
    uses: list[Use] = []
    unread: list[Unread] = []
    for path in sorted(sources):
        try:
            uses += tree.uses(path)
        except Unreadable as problem:
            unread.append(Unread(path=path, reason=str(problem)))
        if len(uses) > MAX_USES:
            del uses[MAX_USES:]
            reason = f"there are more than {MAX_USES} uses; no other file was searched"
            unread.append(Unread(path=path, reason=reason))
            break
    return ScanResult(files=len(sources), uses=tuple(uses), unread=tuple(unread))


class _SourceTree:
    """Python files that import each other."""

    def __init__(self, sources: Mapping[str, str], symbols: SymbolTable) -> None:
        self._sources = sources
        self._symbols = symbols
        self._names: dict[str, Mapping[str, PossibleValues] | None] = {}
        self._is_flask_code = any(map(imports_flask, sources.values()))
        # "src/shop/db.py" is the module shop.db if src has no __init__.py, and shop has one.
        self._paths = {self._module_name(path): path for path in sorted(sources, reverse=True)}

    def uses(self, path: str) -> list[Use]:
        return find_uses(
            self._sources[path],
            path,
            self._symbols,
            modules=self._modules(path),
            is_flask_code=self._is_flask_code,
        )

    def _module_name(self, path: str) -> str:
        directory, name = posixpath.split(path)
        parts = [] if name == "__init__.py" else [name.removesuffix(".py")]
        while directory and f"{directory}/__init__.py" in self._sources:
            directory, name = posixpath.split(directory)
            parts.insert(0, name)
        return ".".join(parts)

    def _modules(self, path: str) -> ModuleNames:
        """Return what finds modules for the imports in the file at *path*."""

        def find(module: str, level: int) -> Mapping[str, PossibleValues] | None:
            if not level:
                # A file called flask.py next to the others is not what they import.
                is_flask = module.partition(".")[0] == "flask"
                target = None if is_flask else self._paths.get(module)
            else:
                target = self._relative(path, module, level)
            return self._module_names(target) if target and target != path else None

        return find

    def _relative(self, path: str, module: str, level: int) -> str | None:
        directory = posixpath.dirname(path)
        for _dot in range(level - 1):
            directory = posixpath.dirname(directory)
        base = posixpath.join(directory, *module.split(".")) if module else directory
        candidates = (f"{base}/__init__.py".lstrip("/"), f"{base}.py")
        return next((each for each in candidates if each in self._sources), None)

    def _module_names(self, path: str) -> Mapping[str, PossibleValues] | None:
        """Return what a file binds; nothing while that is being worked out, in a cycle."""
        if path not in self._names:
            self._names[path] = None
            source = self._sources[path]
            try:
                walked = walk(
                    parse_source(source), source, path, self._symbols, self._modules(path),
                    self._is_flask_code,
                )  # fmt: skip
                self._names[path] = walked.names
            except (Unreadable, RecursionError):
                # Its own scan reports it; 300 modules that import each other are too many here.
                pass
        return self._names[path]
