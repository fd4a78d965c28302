"""Histories as values: for tests that need no git, and for those that let git make them."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from hypothesis import strategies as st

STATUSES = ("Draft", "Accepted", "Final", "Acepted", "")
NUMBERS = (1, 2, 3)
PLACES = ("proposals/fep-{:04}.rst", "proposals/fep-{}.rst", "fep-{:04}.txt")


@dataclass(frozen=True)
class Version:
    """One version of a proposal: where it is, and what it says."""

    place: int
    status: str
    body: int

    def path(self, number: int) -> str:
        return PLACES[self.place].format(number)


Tree = Mapping[int, Version]
"""The proposals at a commit, by number."""


@dataclass(frozen=True)
class Node:
    """A commit: its parents, by their places in the history, and what it holds."""

    parents: tuple[int, ...]
    tree: Tree


History = Sequence[Node]
"""Parents before children; the last one is the head."""


def ancestors(history: History, place: int) -> set[int]:
    """The commit at *place*, and all before it."""
    found: set[int] = set()
    ahead = [place]
    while ahead:
        at = ahead.pop()
        if at not in found:
            found.add(at)
            ahead += history[at].parents
    return found


def first_parents(history: History) -> list[int]:
    """The main line, oldest first."""
    line = [len(history) - 1]
    while history[line[-1]].parents:
        line.append(history[line[-1]].parents[0])
    return line[::-1]


# Made up ---------------------------------------------------------------------------------------

statuses = st.sampled_from(STATUSES)
versions = st.builds(Version, st.integers(0, 2), statuses, st.integers(0, 2))


@st.composite
def histories(draw: st.DrawFn, most: int = 14) -> list[Node]:
    """Edits, renames, deletions, returns, reverts, branches and merges, in any order."""
    nodes = [Node((), draw(trees))]
    tips = [0]
    for place in range(1, draw(st.integers(1, most))):
        tip = draw(st.sampled_from(range(len(tips))))
        step = draw(st.sampled_from(["edit", "edit", "branch", "merge", "merge", "revert", "root"]))
        others = [other for other in tips if other != tips[tip]]
        if step == "root":
            nodes.append(Node((), draw(trees)))
            tips.append(place)
            continue
        if step == "merge" and others:
            merged = draw(st.lists(st.sampled_from(others), min_size=1, max_size=2, unique=True))
            nodes.append(Node((tips[tip], *merged), draw(mixed(nodes, tips[tip], merged))))
        elif step == "revert" and nodes[tips[tip]].parents:
            nodes.append(Node((tips[tip],), nodes[nodes[tips[tip]].parents[0]].tree))
        else:
            nodes.append(Node((tips[tip],), draw(edited(nodes[tips[tip]].tree))))
        if step == "branch":
            tips.append(place)
        else:
            tips[tip] = place
    return nodes


trees = st.dictionaries(st.sampled_from(NUMBERS), versions, max_size=3)


@st.composite
def edited(draw: st.DrawFn, tree: Tree) -> Tree:
    """*tree* with one or two proposals changed, removed, or new."""
    numbers = draw(st.lists(st.sampled_from(NUMBERS), min_size=1, max_size=2, unique=True))
    made = dict(tree)
    for number in numbers:
        old = made.pop(number, None)
        if old is None or draw(st.integers(0, 5)):
            new = draw(versions)
            keep = draw(st.booleans()) if old else False
            made[number] = Version(old.place, new.status, old.body) if old and keep else new
    return made


@st.composite
def mixed(draw: st.DrawFn, nodes: History, ours: int, merged: list[int]) -> Tree:
    """What a merge makes: of each proposal the side that changed it, or in a conflict any."""
    made = dict(nodes[ours].tree)
    for theirs in merged:
        common = ancestors(nodes, ours) & ancestors(nodes, theirs)
        base = nodes[max(common)].tree if common else {}
        for number in NUMBERS:
            mine, other = made.get(number), nodes[theirs].tree.get(number)
            if mine == base.get(number) or (other != base.get(number) and draw(st.booleans())):
                made.pop(number, None)
                made |= {number: other} if other else {}
    return draw(edited(made)) if not draw(st.integers(0, 4)) else made


# The slow and obvious model --------------------------------------------------------------------

Step = tuple[int, str | None, str | None]
"""A place on the main line, and a status before and after it."""


def steps(history: History, number: int) -> list[Step]:
    """How the status of a proposal changes along the main line, one commit after the other."""
    found: list[Step] = []
    before: str | None = None
    for place in first_parents(history):
        version = history[place].tree.get(number)
        after = version.status if version else None
        if before != after:
            found.append((place, before, after))
        before = after
    return found


def made_in(history: History, place: int) -> set[tuple[int, str | None, str | None]]:
    """The steps that the commit at *place* makes, seen from each of its parents."""
    node = history[place]
    found = set()
    for parent in node.parents or (None,):
        before = history[parent].tree if parent is not None else {}
        for number in NUMBERS:
            old, new = before.get(number), node.tree.get(number)
            found.add((number, old.status if old else None, new.status if new else None))
    return found


def arrivals(history: History) -> dict[int, int]:
    """For every commit, the one of the main line with which it became part of it."""
    found: dict[int, int] = {}
    for place in first_parents(history):
        for ancestor in ancestors(history, place):
            found.setdefault(ancestor, place)
    return found


# Made by git -----------------------------------------------------------------------------------


def text(number: int, version: Version) -> bytes:
    return (
        f"FEP: {number}\nTitle: About {number}\nStatus: {version.status}\n\n"
        + f"Body {version.body}.\n" * (1 + version.body * 4)
    ).encode()


def make(root: Path, history: History) -> dict[str, int]:
    """A repository of that history; the place of every commit, by id."""
    subprocess.run(["git", "init", "--quiet", "--bare", str(root)], check=True)
    subprocess.run(
        ["git", "fast-import", "--quiet", "--export-marks=marks"],
        cwd=root,
        input=b"".join(_import(place, node) for place, node in enumerate(history)),
        check=True,
    )
    rows = (line.split() for line in (root / "marks").read_text().splitlines())
    places = {name: int(mark.removeprefix(":")) - 1 for mark, name in rows}
    head = next(name for name, place in places.items() if place == len(history) - 1)
    subprocess.run(["git", "update-ref", "HEAD", head], cwd=root, check=True)
    return places


def _import(place: int, node: Node) -> bytes:
    lines = [
        f"commit refs/heads/made-{place}",
        f"mark :{place + 1}",
        f"committer Ada <ada@example.org> {1_600_000_000 - place * 86_400} +0000",
        "data 0",
        *(f"from :{parent + 1}" for parent in node.parents[:1]),
        *(f"merge :{parent + 1}" for parent in node.parents[1:]),
        "deleteall",
    ]
    files = b""
    for number, version in node.tree.items():
        data = text(number, version)
        files += f"M 100644 inline {version.path(number)}\ndata {len(data)}\n".encode() + data
    return "\n".join(lines).encode() + b"\n" + files + b"\n"
