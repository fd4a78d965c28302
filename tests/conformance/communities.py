"""Read, check and build the repositories of other communities, and print a table of the results.

Run it with a directory that has a clone of each, named as in ``COMMUNITIES``::

    $ python -m tests.conformance.communities DIR [NAME ...] [--update]

Without DIR, ``FEP_COMMUNITIES`` names the directory. ``--update`` writes the table into
docs/conformance.rst. What the tool has read is compared with what git has: the files by their
names, and the statuses by a regular expression, without our own reader.
"""

from __future__ import annotations

import argparse
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import StringIO
from pathlib import Path
from tempfile import TemporaryDirectory

from fep_tools.diagnostics import CheckOptions
from fep_tools.errors import FepError
from fep_tools.repository import Repository
from fep_tools.site.build import build
from fep_tools.site.options import BuildOptions

PROCESSES = Path(__file__).with_name("processes")
PAGE = Path(__file__).parents[2] / "docs" / "conformance.rst"
BEGIN = ".. The table is written by tests/conformance/communities.py.\n"
MAX_SHOWN = 6
"""How many files are named that differ."""
END = ".. The end of the table.\n"


@dataclass(frozen=True)
class Community:
    """A repository of proposals.

    :param repository: Its owner and name on GitHub.
    :param files: The names of files that are proposals.
    :param status: The line with the status; the group is the value.
    :param is_status_in_path: Whether the directory is the status, and not the header.
    :param implied: The lines of headers that imply a status, if none has it, in their order.
    :param moved: What files say that only lead to another one; they are no proposals.
    """

    title: str
    repository: str
    files: str
    status: str = r"^:?Status:[ \t]*(.*)$"
    is_status_in_path: bool = False
    implied: tuple[tuple[str, str], ...] = ()
    moved: str = ""


COMMUNITIES = {
    "pep": Community("PEP", "python/peps", r"peps/pep-\d+\.(rst|txt)"),
    "dep": Community(
        "DEP", "django/deps", r"[a-z]+/(?!README)[^/]+\.(rst|md)", is_status_in_path=True
    ),
    "rep": Community("REP", "ros-infrastructure/rep", r"rep-\d+\.rst"),
    "glep": Community("GLEP", "gentoo/glep", r"glep-\d+\.rst"),
    "nep": Community("NEP", "numpy/numpy", r"doc/neps/nep-\d+.*\.rst"),
    "slep": Community("SLEP", "scikit-learn/enhancement_proposals", r"slep\d+/proposal\.rst"),
    "mapserver": Community(
        "MapServer RFC",
        "MapServer/MapServer-documentation",
        r"en/development/rfc/ms-rfc-(?!24-FIRSTDRAFT)[^/]+\.txt",
    ),
    "interop": Community(
        "Interoperability PEP", "pypa/interoperability-peps", r"(unpublished/)?pep-[^/]+\.rst"
    ),
    "ape": Community("APE", "astropy/astropy-APEs", r"APE\d+\.rst", r"^status: *(.*)$"),
    "ghc": Community(
        "GHC proposal",
        "ghc-proposals/ghc-proposals",
        r"proposals/(?!0000)\d+-[^/]+\.rst",
        implied=(
            (r"^\.\. implemented:: +\S", "Implemented"),
            (r"^\.\. date-accepted:: +\S", "Accepted"),
        ),
        moved="This document was moved to",
    ),
    "jep": Community("JEP", "jupyter/enhancement-proposals", r"\d+-[^/]+/[^/]+\.md"),
    "eip": Community("EIP", "ethereum/EIPs", r"EIPS/eip-\d+\.md", r"^status: *(.*)$"),
}


@dataclass(frozen=True)
class Measure:
    """The results of one community.

    :param files: The proposals by their names in git.
    :param unread: Those whose headers were not read.
    :param findings: The number of findings by code.
    :param without_page: The proposals that have no page.
    :param equal: The number of proposals whose last status in the timeline is the one in git.
    :param without_status: The number of proposals that have none in git.
    :param different: The other ones, with both statuses.
    :param problem: Why there is no site, if so.
    """

    commit: str
    day: date
    files: tuple[str, ...]
    unread: tuple[str, ...]
    findings: Counter[str]
    without_page: tuple[str, ...]
    equal: int
    without_status: int
    different: tuple[str, ...]
    problem: str = ""


def measure(root: Path, community: Community, process: str, cache: Path) -> Measure:
    """Read, check and build a repository.

    The day of its last commit is the day of the check, so that the results are the same on any
    other.

    :param cache: A directory, so that each text is parsed once.
    """
    commit, day = _git(root, "log", "-1", "--format=%H %cs").split()
    today = date.fromisoformat(day)
    names = _git(root, "ls-tree", "-r", "-z", "--name-only", "HEAD").split("\0")
    files = tuple(
        name
        for name in names
        if re.fullmatch(community.files, name)
        and not (community.moved and community.moved in _git(root, "show", f"HEAD:{name}"))
    )
    repository = Repository.open(root, process, cache)
    read = {proposal.path for proposal in repository.corpus() if proposal.fields}
    found = repository.check(CheckOptions(today)).diagnostics
    lines = repository.history().by_path
    statuses = {
        path: line.statuses[-1].after if line.statuses else None for path, line in lines.items()
    }
    expected = {path: find_status(root, path, community) for path in files}
    different = [path for path in files if not _agree(statuses.get(path), expected[path])]
    pages, problem = _build_pages(root, process, cache, files, repository.process.acronym)
    return Measure(
        commit,
        today,
        files,
        _missing(files, read),
        Counter(diagnostic.code for diagnostic in found),
        _missing(files, pages),
        len(files) - len(different),
        sum(status is None for status in expected.values()),
        tuple(f"{path}: {statuses.get(path)!r}, in git {expected[path]!r}" for path in different),
        problem,
    )


def find_status(root: Path, path: str, community: Community) -> str | None:
    """Return the status of a proposal in git; ``None`` if it has none."""
    if community.is_status_in_path:
        return path.partition("/")[0].title()
    text = _git(root, "show", f"HEAD:{path}")
    for header, status in community.implied:
        if re.search(header, text, re.MULTILINE):
            return status
    match = re.search(community.status, text, re.MULTILINE)
    return match[1].strip() or None if match else None


def _agree(status: str | None, expected: str | None) -> bool:
    """Return whether the status is the expected one, after which more text may follow."""
    if status is None or expected is None:
        return status == expected
    return expected.startswith(status) and not expected[len(status) :][:1].isalnum()


def _missing(files: Iterable[str], present: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(set(files).difference(present)))


def _build_pages(
    root: Path, process: str, cache: Path, files: Iterable[str], acronym: str
) -> tuple[set[str], str]:
    """Return the proposals with a page on the site, or why there is no site."""
    with TemporaryDirectory() as directory:
        output = Path(directory) / "site"
        options = BuildOptions(root, output, process, str(cache), jobs=os.cpu_count() or 1)
        try:
            build(options, StringIO(), lambda _doing: None)
        except FepError as problem:
            return set(), str(problem)
        return _find_pages(output, files, acronym), ""


def _find_pages(output: Path, files: Iterable[str], acronym: str) -> set[str]:
    """Return the proposals with a page under their path, or else under their number."""
    by_page: dict[Path, str] = {}
    for path in files:
        number = re.search(r"(\d+)((?:\.\d+|[a-z])?)\b", path.rpartition(".")[0])
        digits, rest = number.groups() if number else ("0", "")
        name = f"{int(digits)}{rest}" if rest else f"{int(digits):04}"
        pages = (path.rpartition(".")[0], f"{acronym.lower()}-{name}")
        found = (output / page / "index.html" for page in pages)
        if page := next((page for page in found if page.is_file()), None):
            by_page.setdefault(page, path)
    return set(by_page.values())


def _git(root: Path, *arguments: str) -> str:
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True).stdout.decode(errors="replace")


# The table -------------------------------------------------------------------------------------

HEADINGS = ("Community", "Commit", "Files", "Read", "Pages", "Same status as in git", "Findings")


def render(measures: dict[str, Measure]) -> str:
    """Return the table of all communities in reStructuredText."""
    table = ".. list-table::\n   :header-rows: 1\n\n"
    table += _row(HEADINGS) + "".join(render_row(*item) for item in measures.items())
    missing = [line for name, found in measures.items() for line in _list_missing(name, found)]
    rules = [
        f"{COMMUNITIES[name].title}\n   {_count(found.findings) or 'none'}\n"
        for name, found in measures.items()
    ]
    parts = [table, "Findings by rule:\n\n" + "\n".join(rules)]
    if missing:
        parts.append("Not read, without a page, or with another status:\n\n" + "".join(missing))
    return "\n".join(parts)


def render_row(name: str, found: Measure) -> str:
    """Return the row of one community."""
    return _row(_cells(name, found))


def _row(cells: Iterable[str]) -> str:
    return "".join(f"   {'  ' if n else '* '}- {cell}\n" for n, cell in enumerate(cells))


def _cells(name: str, found: Measure) -> Iterator[str]:
    community = COMMUNITIES[name]
    url = f"https://github.com/{community.repository}"
    yield f"`{community.title} <{url}>`__"
    yield f"``{found.commit[:10]}`` ({found.day})"
    yield str(len(found.files))
    yield str(len(found.files) - len(found.unread))
    yield str(len(found.files) - len(found.without_page))
    without = f" ({found.without_status} without)" if found.without_status else ""
    yield f"{found.equal}{without}"
    yield str(found.findings.total())


def _count(findings: Counter[str]) -> str:
    by_count = sorted(findings.items(), key=lambda item: (-item[1], item[0]))
    return ", ".join(f"{code}: {count}" for code, count in by_count)


def _list_missing(name: str, found: Measure) -> Iterator[str]:
    for what, items in (
        ("not read", found.unread),
        ("no page", found.without_page if not found.problem else ()),
        ("no site", (found.problem,) if found.problem else ()),
        ("other status", found.different),
    ):
        if items:
            shown = ", ".join(f"``{item}``" for item in items[:MAX_SHOWN])
            shown += f" and {len(items) - MAX_SHOWN} more" if len(items) > MAX_SHOWN else ""
            yield f"- {COMMUNITIES[name].title}, {what}: {shown}\n"


def update(page: str, table: str) -> str:
    """Return the text of the page with another table."""
    before, found, rest = page.partition(BEGIN)
    after = rest.partition(END)[2]
    assert found
    return f"{before}{BEGIN}\n{table}\n{END}{after}"


def process_of(name: str) -> str:
    """Return the process file of a community that has no built-in process, or its name."""
    path = PROCESSES / f"{name}.toml"
    return str(path) if path.exists() else name


def main() -> None:
    """Measure the communities of the command line."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument(
        "directory", nargs="?", default=os.environ.get("FEP_COMMUNITIES"), type=Path
    )
    parser.add_argument("names", nargs="*", default=list(COMMUNITIES))
    parser.add_argument("--update", action="store_true")
    arguments = parser.parse_args()
    measures = {}
    for name in arguments.names:
        print(f"{name} ...", file=sys.stderr)
        root = arguments.directory / name
        with TemporaryDirectory() as cache:
            measures[name] = measure(root, COMMUNITIES[name], process_of(name), Path(cache))
    table = render(measures)
    if arguments.update:
        PAGE.write_text(update(PAGE.read_text("utf-8"), table), "utf-8")
    else:
        print(table)


if __name__ == "__main__":
    main()
