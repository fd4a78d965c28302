"""Builds for which nothing has changed since the last one: they need not even import Sphinx.

A build records what all files looked like that it can depend on, and what the site looked like at
its end: size, times and mode of each file, as git's index has them. If both are still the same,
and so are the options and the day, a build would write nothing, and only repeats its report.
Whatever cannot be compared so is built: that is slower, and finds by content what has changed.
"""

from __future__ import annotations

import json
import os
import stat
import sys
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path

from .._cache import CACHE_DIRECTORY, key
from .._clock import today
from .._files import find_git_root
from ..process.sphinx_conf import FILE
from .options import BuildOptions, BuildReport, Writer

RECORD = "unchanged.json"
"""The name of the record in the directory of doctrees."""

RACY_SECONDS = 2.0
"""How old files must be when a build begins.

A file that is changed twice within one tick of its clock looks the same to us after the second
time. FAT has the longest tick. Git has the same problem with its index (racy-git.txt).
"""

MAX_FILES = 100_000
"""How many files are compared. To look at more is not much faster than to build."""

_VARIABLES = ("FEP_", "GIT_", "HOME", "LANG", "LC_", "PATH", "PYTHON", "TZ", "XDG_")
"""The beginnings of the names of environment variables that a build may depend on.

``SOURCE_DATE_EPOCH`` sets the day, which is compared.
"""

_NO_INPUT = (".git/logs", ".git/objects")
"""Directories that change without a change of what a build reads, from the root of git.

Objects of git never change; which of them count, ``HEAD`` and its branch say.
"""

_COMPILED = ".pyc"
"""The end of the names of files that Python writes, and that no build reads."""


class UnknownState(Exception):
    """The state of a directory cannot be compared."""


class Recorder:
    """Prints warnings, and keeps them for the next build."""

    def __init__(self, output: Writer) -> None:
        self._output = output
        self.text = ""

    def write(self, text: str, /) -> int:
        """Print *text*, and keep it."""
        self.text += text
        return self._output.write(text)

    def flush(self) -> None:
        """Print it now."""
        self._output.flush()


class LastBuild:
    """The record of the last build with the same options.

    :param options: those of a build that is about to begin. Its inputs are looked at now, so
        that a file that changes during the build makes a difference to the next one.
    """

    def __init__(self, options: BuildOptions) -> None:
        self._options = options
        self._inputs = ""
        with suppress(UnknownState, OSError):
            self._inputs = _inputs(options)

    def report(self, output: Writer) -> BuildReport | None:
        """Return the report of a build for which nothing has changed, and repeat its warnings.

        ``None`` means that it must be built.
        """
        if not self._inputs:
            return None
        with suppress(UnknownState, OSError, ValueError, TypeError, KeyError):
            record = json.loads(_record_of(self._options).read_bytes())
            is_same = record["inputs"] == self._inputs
            if is_same and record["outputs"] == _outputs(self._options):
                values = record["report"]
                values["index"] = Path(values["index"])
                values["languages"] = tuple(values["languages"])
                report = replace(BuildReport(**values), read=0, written=0)
                output.write(record["warnings"])
                return report
        return None

    def keep(self, report: BuildReport, warnings: str) -> None:
        """Record a build that was made since.

        Not one with errors: what has failed, such as the index of the search, is tried again.
        """
        path = _record_of(self._options)
        with suppress(UnknownState, OSError):
            path.unlink(missing_ok=True)
            if not self._inputs or report.errors or report.failed:
                return
            record = {
                "inputs": self._inputs,
                "outputs": _outputs(self._options),
                "report": asdict(report) | {"index": str(report.index)},
                "warnings": warnings,
            }
            temporary = path.with_suffix(".tmp")
            temporary.write_text(json.dumps(record), "utf-8")
            os.replace(temporary, path)


def _record_of(options: BuildOptions) -> Path:
    return (options.doctrees or options.output) / RECORD


def _inputs(options: BuildOptions) -> str:
    """Return a digest of everything that a build depends on.

    :raises UnknownState: There is something that cannot be compared, such as a ``conf.py``, which
        may read anything; or a file may still change unseen.
    """
    # Other builders, such as that for broken links, may do something each time.
    if options.builder or options.doctrees is None or (options.root / FILE).exists():
        raise UnknownState
    latest = time.time() - RACY_SECONDS
    root = find_git_root(options.root)
    if root is not None and not (root / ".git").is_dir():  # a worktree, whose data are elsewhere
        raise UnknownState
    program = Path(__file__).parents[1]
    without = {options.output, options.doctrees, Path(options.cache or os.devnull)}
    without |= {options.root / CACHE_DIRECTORY, *((root or options.root) / p for p in _NO_INPUT)}
    files = [
        *_states(root or options.root, latest, {Path(os.path.abspath(path)) for path in without}),
        *_states(program, latest, set()),
        *map(_state_if_any, _single_files(options)),
    ]
    variables = sorted(item for item in os.environ.items() if item[0].startswith(_VARIABLES))
    paths = [os.path.abspath(path) for path in (options.root, options.output, options.process)]
    settings = (options, paths, today(), sys.version, variables)
    parts = (repr(settings), repr(files))
    return key(*parts).hex()


def _single_files(options: BuildOptions) -> Iterator[str]:
    """Yield files elsewhere, which may be missing: settings of git, and installed packages."""
    home = Path(os.environ.get("HOME") or os.path.expanduser("~"))
    settings = Path(os.environ.get("XDG_CONFIG_HOME") or home / ".config")
    yield from ("/etc/gitconfig", str(home / ".gitconfig"), str(settings / "git" / "config"))
    yield options.process
    # A package that is installed, updated or removed changes its directory.
    yield from sys.path


def _outputs(options: BuildOptions) -> str:
    """Return a digest of the states of all files of the site."""
    ignored = {Path(os.path.abspath(options.doctrees or options.output / RECORD))}
    return key(repr(list(_states(options.output, float("inf"), ignored)))).hex()


def _states(directory: Path, latest: float, without: Iterable[Path]) -> Iterator[object]:
    """Yield the states of all files in a directory, in an order that is always the same.

    :param latest: the latest time of a file that cannot change unseen.
    :param without: directories to leave out.
    :raises UnknownState: There is a newer file, or a link to a directory, or too much.
    """
    left_out = set(map(str, without))
    count = 0
    waiting = [os.path.abspath(directory)]
    while waiting:
        current = waiting.pop()
        for entry in sorted(os.scandir(current), key=lambda entry: entry.name):
            count += 1
            if entry.is_dir(follow_symlinks=False):
                if entry.path not in left_out and not _is_own_environment(entry.path):
                    waiting.append(entry.path)
                continue
            if entry.name.endswith(_COMPILED):
                continue
            if entry.is_dir() or count > MAX_FILES:
                raise UnknownState
            state = entry.stat(follow_symlinks=False)
            if max(state.st_mtime, state.st_ctime) > latest:
                raise UnknownState
            target = _state_if_any(entry.path) if entry.is_symlink() else None
            yield entry.path, _facts(state), target


def _is_own_environment(path: str) -> bool:
    """Return whether a directory is the virtual environment of this process.

    Its packages are compared as those on ``sys.path``. No other environment is left out: anybody
    can propose to add ``proposals/pyvenv.cfg``.
    """
    has_settings = os.path.exists(os.path.join(path, "pyvenv.cfg"))
    return has_settings and os.path.samefile(path, sys.prefix)


def _state_if_any(path: str) -> object:
    try:
        return _facts(os.stat(path)) if path else None
    except OSError:
        return None


def _facts(state: os.stat_result) -> tuple[int, ...]:
    size = 0 if stat.S_ISDIR(state.st_mode) else state.st_size
    return size, state.st_mtime_ns, state.st_ctime_ns, state.st_mode, state.st_ino
