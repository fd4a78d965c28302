"""``python -m benchmarks.parity --peps DIRECTORY --linter FILE [--versions N]``

Compare ``fep check --process pep`` with the PEPs' own linter, check-peps.py, on old versions of
the PEPs: those with the lowest blob ids, so that every run takes the same ones.

DIRECTORY is a clone of https://github.com/python/peps with its history, and FILE is its linter.
Every version is checked as a new file of a pull request, so that all findings have their full
level. A message of the linter has an equal if one of our findings is in the same header, or on
the same line of the body. The report lists the kinds of messages without an equal, with the
reason, and the files for which only one of the two fails. Exit status 1: something has no reason.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import re
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import ModuleType
from typing import Any

FEP = Path(sys.executable).with_name("fep")

FAMILIES = "H,S001,S003,B020,B07,C001,C005"
"""Our rules for what check-peps.py checks: headers, and bare links."""

REASONS = {
    "Use the": "the URL has no number: https://peps.python.org/pep-xxxx",
    "Must have required header": (
        "a tab follows the colon: check-peps.py takes no such line for a header, we read it"
    ),
    "PEP title must be less than 80 characters": (
        "the title is on two lines: check-peps.py counts the indentation of the second one"
    ),
}
"""Why a kind of message has no equal."""


EXAMPLES = 5
"""How many messages of a kind are shown."""


@dataclass(frozen=True)
class Version:
    """One version of a PEP: the number in its file name, its blob id, and its content."""

    number: int
    blob: str
    content: bytes


@dataclass
class Report:
    """What differs between the two linters."""

    messages: int = 0
    equal: int = 0
    kinds: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    only_theirs: list[str] = field(default_factory=list)
    only_ours: list[tuple[str, str]] = field(default_factory=list)
    crashes: list[str] = field(default_factory=list)
    failing: int = 0
    files: int = 0


def git(directory: Path, *arguments: str, text: bytes = b"") -> bytes:
    """Run git in *directory* and return its output."""
    command = ["git", "-C", str(directory), *arguments]
    return subprocess.run(command, input=text, capture_output=True, check=True).stdout


def old_versions(peps: Path, count: int) -> list[Version]:
    """Return the *count* versions of PEPs with the lowest blob ids."""
    log = git(peps, "log", "--all", "--format=", "--raw", "--no-abbrev", "-z", "--no-renames", "-m")
    numbers: dict[str, int] = {}
    fields = log.decode("utf-8", "replace").split("\0")
    for change, path in zip(fields[::2], fields[1::2], strict=False):
        blob = change.split()[3] if change else ""
        name = re.search(r"(?:^|/)pep-(\d{4})\.(?:rst|txt)$", path)
        if name and blob.strip("0"):
            numbers.setdefault(blob, int(name[1]))
    blobs = sorted(numbers)[:count]
    return [Version(numbers[b], b, git(peps, "cat-file", "blob", b)) for b in blobs]


def load_linter(path: Path) -> ModuleType:
    """Import check-peps.py, whose name is no module's name."""
    spec = importlib.util.spec_from_file_location("check_peps", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


def batches(versions: Sequence[Version]) -> Iterator[list[Version]]:
    """Split *versions* so that no number is in one batch twice."""
    ranked: dict[int, list[Version]] = defaultdict(list)
    seen: Counter[int] = Counter()
    for version in versions:
        ranked[seen[version.number]].append(version)
        seen[version.number] += 1
    yield from ranked.values()


def check_batch(versions: Sequence[Version]) -> dict[int, list[dict[str, Any]]]:
    """Return our findings by number, in a repository to which a change adds *versions*."""
    with tempfile.TemporaryDirectory() as name:
        root = Path(name)
        (root / "peps").mkdir()
        git(root, "init", "-q")
        identity = ("-c", "user.name=x", "-c", "user.email=x@example.org")
        git(root, *identity, "commit", "-q", "--allow-empty", "-m", "base")
        for version in versions:
            (root / f"peps/pep-{version.number:04}.rst").write_bytes(version.content)
        options = f"--process pep --select {FAMILIES} --base HEAD --no-cache --format json"
        command: list[str | Path] = [FEP, "check", "--root", root, *options.split()]
        run = subprocess.run(command, capture_output=True, cwd=root, check=False)
        if run.returncode not in {0, 1}:
            sys.exit(run.stderr.decode())
        found: dict[int, list[dict[str, Any]]] = defaultdict(list)
        for diagnostic in json.loads(run.stdout)["diagnostics"]:
            found[int(Path(diagnostic["path"]).stem.removeprefix("pep-"))].append(diagnostic)
        return found


def header_starts(lines: Sequence[str]) -> list[int]:
    """Return for each line of the headers the line on which its header begins, from 1."""
    starts: list[int] = []
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            break
        starts.append(number if line[:1].strip() or not starts else starts[-1])
    return starts


def compare(version: Version, linter: ModuleType, ours: list[dict[str, Any]], to: Report) -> None:
    """Add what differs for one version to the report."""
    to.files += 1
    name = f"{version.blob[:10]} (PEP {version.number})"
    path = Path(f"pep-{version.number:04}.rst")
    try:
        lines = version.content.decode().splitlines()
    except UnicodeDecodeError:
        to.crashes.append(name)
        return
    starts = header_starts(lines)

    def position(line: int) -> int:
        return starts[line - 1] if 0 < line <= len(starts) else line

    positions: set[int] = set()
    for found in ours:
        first = found["line"] or 1
        last = found["end_line"] or first
        # ".. _PEP 8:" may have its URL on the next line.
        if last <= len(lines) and re.match(r"\.\. _.*:$", lines[last - 1]):
            last += 1
        positions.update(map(position, range(first, last + 1)))
    # It reports what is missing or out of order on the first line, and we at the place for it.
    is_about_block = any(
        d["line"] is None or (d["line"] <= max(len(starts), 1) and d["code"] in {"H004", "H005"})
        for d in ours
    )
    theirs = list(linter.check_peps(path, lines))
    for line, message in theirs:
        to.messages += 1
        if position(line) in positions or (line == 1 and is_about_block):
            to.equal += 1
            continue
        kind = re.sub(r"[:“].*|'[^']*'", "", message).strip()
        to.kinds[kind] += 1
        text = lines[line - 1] if 0 < line <= len(lines) else ""
        to.examples[kind].append(f"{name}, line {line}: {text[:90]}")
    failed = [d for d in ours if d["severity"] == "error"]
    to.failing += bool(theirs)
    if theirs and not failed:
        to.only_theirs.append(f"{name}: {theirs[0][1]}")
    elif failed and not theirs:
        first = failed[0]
        to.only_ours.append((first["code"], f"{name}, line {first['line']}: {first['message']}"))


def main() -> None:
    """Compare, and print the report."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n\n")[2])
    parser.add_argument("--peps", type=Path, required=True, help="clone with history")
    parser.add_argument("--linter", type=Path, required=True, help="its check-peps.py")
    parser.add_argument("--versions", type=int, default=1500)
    options = parser.parse_args()
    linter, report = load_linter(options.linter), Report()
    for batch in batches(old_versions(options.peps, options.versions)):
        found = check_batch(batch)
        for version in batch:
            compare(version, linter, found[version.number], report)
    print(f"{report.files} versions; check-peps.py fails {report.failing},", end=" ")
    print(f"and cannot decode {len(report.crashes)}")
    print(f"{report.equal} of its {report.messages} messages have an equal; without one:")
    for kind, count in report.kinds.most_common():
        print(f"  {count:5}  {kind}", *report.examples[kind][:EXAMPLES], sep="\n         ")
        print(f"         {REASONS.get(kind, 'NO REASON')}")
    print(f"{len(report.only_theirs)} files fail only there:")
    print(*(f"  {line}" for line in report.only_theirs), sep="\n")
    print(f"{len(report.only_ours)} files fail only here:")
    for code, count in Counter(code for code, _ in report.only_ours).most_common():
        example = next(text for c, text in report.only_ours if c == code)
        print(f"  {count:5}  {code}  {example}")
    sys.exit(bool(report.kinds.keys() - REASONS.keys() or report.only_theirs or report.only_ours))


if __name__ == "__main__":
    main()
