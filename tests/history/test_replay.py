"""Timelines from commits that are made up as values: no git, no files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fep_tools.history import merges, replay
from fep_tools.history.merges import main_line
from fep_tools.history.model import Commit, Event, FileChange, HeaderValues, Timeline
from fep_tools.history.renames import match_renames
from fep_tools.history.replay import build_timelines
from fep_tools.history.tracked_file import TrackedFile

from . import histories
from .histories import History

DAY = 86_400
STATUS_DIRECTORIES = {"Draft", "Accepted", "Final"}


def read(path: str, blob: str) -> HeaderValues:
    """A version is what it says, as JSON. Some directories decide the status."""
    values: HeaderValues = json.loads(blob)
    directory = path.rpartition("/")[0]
    return {**values, "status": directory} if directory in STATUS_DIRECTORIES else values


def number(path: str, values: HeaderValues) -> int | None:
    """The number in the path, or else the header's."""
    match = re.search(r"[0-9]+", path)
    written = match[0] if match else values.get("number", "")
    return int(written) if written else None


class Story:
    """Commits one by one, each with the whole tree after it.

    A version is a status, or all its headers. *moved* names what git calls renames.
    """

    def __init__(self) -> None:
        self.commits: list[Commit] = []
        self.trees: dict[str, dict[str, str]] = {}

    def commit(
        self,
        name: str,
        tree: Mapping[str, str | HeaderValues],
        parents: str = "",
        moved: Mapping[str, str] | None = None,
        seconds: int | None = None,
    ) -> None:
        blobs = {
            path: json.dumps({"status": version} if isinstance(version, str) else version)
            for path, version in tree.items()
        }
        first, *_ = [*parents.split(), ""]
        before = self.trees.get(first, {})
        moved = moved or {}
        changes = [
            FileChange(path, blob, moved.get(path), before.get(moved.get(path, path)))
            for path, blob in blobs.items()
            if blob != before.get(path)
        ]
        gone = set(before) - set(blobs) - set(moved.values())
        changes += [FileChange(path, None, None, before[path]) for path in gone]
        when = len(self.commits) * DAY + 2 * 365 * DAY if seconds is None else seconds
        self.trees[name] = blobs
        self.commits.append(Commit(name, tuple(parents.split()), when, "Ada", tuple(changes)))

    def timelines(self, *, shallow: bool = False) -> list[Timeline]:
        head = self.commits[-1].id
        return build_timelines(self.commits, read, number, head=head, shallow=shallow)

    def statuses(self, *, shallow: bool = False) -> list[str]:
        """``before > after at commit`` of the only proposal."""
        (line,) = self.timelines(shallow=shallow)
        return [f"{e.before} > {e.after} at {e.commit}" for e in line.statuses]


@pytest.fixture
def story() -> Story:
    return Story()


# One line of commits ---------------------------------------------------------------------------


def test_every_header_has_events(story: Story) -> None:
    story.commit("a", {"1": {"status": "Draft", "title": "T"}})
    story.commit("b", {"1": {"status": "Draft", "title": "T", "type": "P"}}, "a")
    story.commit("c", {"1": {"status": "", "title": "U"}}, "b")
    (line,) = story.timelines()
    assert (line.number, line.path, line.complete) == (1, "1", True)
    assert [(e.kind, e.before, e.after, e.commit) for e in line.events] == [
        ("status", None, "Draft", "a"),
        ("title", None, "T", "a"),
        ("type", None, "P", "b"),
        ("status", "Draft", "", "c"),
        ("title", "T", "U", "c"),
        ("type", "P", None, "c"),
    ]
    assert line.events[0] == Event("status", None, "Draft", date(1972, 1, 1), "a", "Ada")


def test_a_commit_that_changes_only_the_body_has_no_event(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commits.append(Commit("b", ("a",), 0, "Ada", (FileChange("1", '{"status": "Draft"}'),)))
    assert story.statuses() == ["None > Draft at a"]


def test_a_revert_is_two_transitions(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Final"}, "a")
    story.commit("c", {"1": "Draft"}, "b")
    assert story.statuses() == ["None > Draft at a", "Draft > Final at b", "Final > Draft at c"]


@pytest.mark.parametrize(
    ("seconds", "day"),
    [
        (-(10**17), None),
        (-2_177_452_800, None),
        (0, None),
        (31_535_999, None),
        (31_536_000, date(1971, 1, 1)),
        (2**31, date(2038, 1, 19)),
        (2**40, None),
        (10**17, None),
    ],
)
def test_impossible_dates_are_none(story: Story, seconds: int, day: date | None) -> None:
    story.commit("a", {"1": "Draft"}, seconds=seconds)
    (line,) = story.timelines()
    assert line.events[0].date == day


def test_events_are_in_the_order_of_commits_not_of_dates(story: Story) -> None:
    story.commit("a", {"1": "Draft"}, seconds=1_000_000_000)
    story.commit("b", {"1": "Final"}, "a", seconds=900_000_000)
    (line,) = story.timelines()
    assert [(e.after, e.date and e.date.year) for e in line.events] == [
        ("Draft", 2001),
        ("Final", 1998),
    ]


# Names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("moved", [{"x/1.rst": "1.txt"}, {}], ids=["seen", "not seen"])
def test_a_proposal_is_followed_across_a_rename(story: Story, moved: Mapping[str, str]) -> None:
    """By its number, whether git finds that the files are alike or not."""
    story.commit("a", {"1.txt": "Draft"})
    story.commit("b", {"x/1.rst": "Final"}, "a", moved)
    (line,) = story.timelines()
    assert line.path == "x/1.rst"
    assert story.statuses() == ["None > Draft at a", "Draft > Final at b"]


def test_git_confuses_two_renamed_files(story: Story) -> None:
    story.commit("a", {"1.txt": "Draft", "2.txt": "Final"})
    story.commit(
        "b", {"1.rst": "Draft", "2.rst": "Final"}, "a", {"1.rst": "2.txt", "2.rst": "1.txt"}
    )
    assert [(line.path, len(line.events)) for line in story.timelines()] == [
        ("1.rst", 1),
        ("2.rst", 1),
    ]


def test_a_proposal_gets_another_number(story: Story) -> None:
    story.commit("a", {"9.rst": {"number": "9", "status": "Draft"}})
    story.commit("b", {"7.rst": {"number": "7", "status": "Draft"}}, "a", {"7.rst": "9.rst"})
    (line,) = story.timelines()
    assert line.number == 7
    assert [(e.kind, e.before, e.after) for e in line.events][2:] == [("number", "9", "7")]


def test_one_is_removed_and_a_similar_one_is_added(story: Story) -> None:
    story.commit("a", {"9.rst": {"title": "One", "status": "Draft"}})
    story.commit("b", {"7.rst": {"title": "Other", "status": "Draft"}}, "a", {"7.rst": "9.rst"})
    by_path = [(line.number, [e.after for e in line.statuses]) for line in story.timelines()]
    assert by_path == [(7, ["Draft"]), (9, ["Draft", None])]


def test_a_proposal_without_a_number_gets_one(story: Story) -> None:
    story.commit("a", {"x.rst": "Draft"})
    story.commit("b", {"x.rst": "Draft", "y.rst": "Draft"}, "a")
    story.commit("c", {"7.rst": "Draft", "y.rst": "Draft"}, "b", {"7.rst": "x.rst"})
    first, second = story.timelines()
    assert (first.number, first.path, len(first.events)) == (7, "7.rst", 1)
    assert (second.number, second.path) == (None, "y.rst")


def test_a_proposal_renamed_to_something_else_keeps_its_number(story: Story) -> None:
    story.commit("a", {"7.rst": "Draft"})
    story.commit("b", {"attic.rst": "Draft"}, "a", {"attic.rst": "7.rst"})
    (line,) = story.timelines()
    assert (line.number, line.path) == (7, "attic.rst")


def test_two_files_with_one_number_stay_two(story: Story) -> None:
    story.commit("a", {"1-x": "Draft", "1-y": "Final"})
    story.commit("b", {"f/1-x": "Draft", "f/1-y": "Final"}, "a", {"f/1-x": "1-x", "f/1-y": "1-y"})
    story.commit("c", {"f/1-x": "Draft", "f/1-y": "Draft"}, "b")
    by_path = {line.path: [e.after for e in line.events] for line in story.timelines()}
    assert by_path == {"f/1-x": ["Draft"], "f/1-y": ["Final", "Draft"]}


def test_a_renamed_file_keeps_its_history_beside_a_new_one_of_its_number(
    story: Story,
) -> None:
    story.commit("a", {"1-b": "Final"})
    story.commit("b", {"1-a": "Draft", "1-c": "Final"}, "a", {"1-c": "1-b"})
    by_path = {line.path: [e.commit for e in line.events] for line in story.timelines()}
    assert by_path == {"1-a": ["b"], "1-c": ["a"]}


@pytest.mark.parametrize(
    ("copied", "expected"),
    [
        ({"status": "Draft", "authors": "A"}, ["Draft@a", "Final@d"]),
        ({"status": "Final", "authors": "A"}, ["Final@b"]),
        ({"status": "Draft", "authors": "B"}, ["Draft@b", "Final@d"]),
    ],
)
def test_a_copy_continues_the_file_that_is_removed_later(
    story: Story, copied: HeaderValues, expected: list[str]
) -> None:
    old = {"status": "Draft", "authors": "A"}
    story.commit("a", {"old/x.rst": old})
    story.commit("b", {"old/x.rst": old, "new/x.rst": copied}, "a")
    story.commit("c", {"new/x.rst": copied}, "b")
    story.commit("d", {"new/x.rst": {**copied, "status": "Final"}}, "c")
    (line,) = [line for line in story.timelines() if line.path]
    assert [f"{e.after}@{e.commit}" for e in line.statuses] == expected


def test_few_files_of_a_name_are_compared_with_one_that_was_removed(
    story: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[TrackedFile] = []

    def is_copy_of(self: TrackedFile, original: TrackedFile) -> bool:
        compared.append(self)
        return False

    monkeypatch.setattr(TrackedFile, "is_copy_of", is_copy_of)
    monkeypatch.setattr(replay, "MAX_OF_NAME", 2)
    headers = {"status": "Draft", "authors": "A"}
    tree = {f"{directory}/x.rst": headers for directory in "abcdefgh"}
    story.commit("a", tree)
    del tree["a/x.rst"]
    story.commit("b", tree, "a")
    assert len(list(story.timelines())) == 8
    assert len(compared) == 2


def test_sources_of_a_number_are_found_without_a_search() -> None:
    """A commit that renames 20,000 files took minutes: each looked at all others."""

    class Number(int):
        compared = 0

        def __eq__(self, other: object) -> bool:
            Number.compared += 1
            return int(self) == other

        __hash__ = int.__hash__

    count = 200
    removed = [FileChange(f"a{n}.rst", None, None, "5") for n in range(count)]
    added = [FileChange(f"b{n}.rst", "6", None, None) for n in range(count)]
    commit = Commit("a", (), 0, "Ada", tuple(removed + added))
    match_renames(
        commit, lambda _path, _blob: {}, lambda path, _values: Number("ba".index(path[0]))
    )
    assert Number.compared < 20 * count


def test_two_files_that_were_changed_apart_are_no_copies(story: Story) -> None:
    old = {"status": "Draft", "authors": "A"}
    story.commit("a", {"old/x.rst": old, "new/x.rst": old})
    story.commit("b", {"old/x.rst": {**old, "status": "Final"}, "new/x.rst": old}, "a")
    story.commit("c", {"old/x.rst": old, "new/x.rst": old}, "b")
    story.commit("d", {"new/x.rst": old}, "c")
    (line,) = [line for line in story.timelines() if line.path]
    assert [f"{e.after}@{e.commit}" for e in line.statuses] == ["Draft@a"]


def test_a_number_is_free_before_it_is_taken(story: Story) -> None:
    story.commit("a", {"1.rst": "Draft", "2.rst": "Final"})
    story.commit("b", {"3.rst": "Draft"}, "a", {"3.rst": "1.rst"})
    gone, here = story.timelines()
    assert (gone.number, gone.path, [e.after for e in gone.events]) == (2, None, ["Final", None])
    assert (here.number, here.path, [e.after for e in here.events]) == (3, "3.rst", ["Draft"])


def test_a_number_is_used_again(story: Story) -> None:
    story.commit("a", {"1.rst": "Draft"})
    story.commit("b", {}, "a")
    story.commit("c", {"1-other.rst": "Accepted"}, "b")
    assert story.statuses() == [
        "None > Draft at a",
        "Draft > None at b",
        "None > Accepted at c",
    ]


def test_of_two_files_with_a_removed_number_the_first_continues_it(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {}, "a")
    story.commit("c", {"1-y": "Final", "1-x": "Accepted"}, "b")
    by_path = {line.path: [e.after for e in line.events] for line in story.timelines()}
    assert by_path == {"1-x": ["Draft", None, "Accepted"], "1-y": ["Final"]}


def test_a_file_without_a_number_is_removed(story: Story) -> None:
    story.commit("a", {"x": "Draft"})
    story.commit("b", {}, "a")
    story.commit("c", {"x": "Draft"}, "b")
    assert [(line.path, len(line.events)) for line in story.timelines()] == [(None, 2), ("x", 1)]


def test_a_removed_file(story: Story) -> None:
    story.commit("a", {"1.rst": "Draft"})
    story.commit("b", {}, "a")
    (line,) = story.timelines()
    assert line.path is None
    assert line.number == 1
    assert line.changed == story.commits[1].date


def test_timelines_are_sorted_by_number_and_path(story: Story) -> None:
    story.commit("a", {"x": "Draft", "1-a": "Draft", "c-0": "Draft", "1-b": "Draft"})
    story.commit("b", {"x": "Draft", "1-a": "Draft", "c-0": "Draft", "a-2": "Draft"}, "a")
    assert [(line.number, line.path) for line in story.timelines()] == [
        (0, "c-0"),
        (1, None),
        (1, "1-a"),
        (2, "a-2"),
        (None, "x"),
    ]


def test_a_directory_decides_the_status(story: Story) -> None:
    story.commit("a", {"Draft/1": {}})
    story.commit("b", {"Accepted/1": {}}, "a", {"Accepted/1": "Draft/1"})
    assert story.statuses() == ["None > Draft at a", "Draft > Accepted at b"]


# Merges ----------------------------------------------------------------------------------------


def test_transitions_are_those_of_merged_commits(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Accepted"}, "a")
    story.commit("c", {"1": "Final"}, "b")
    story.commit("d", {"1": "Draft", "2": "Draft"}, "a")
    story.commit("m", {"1": "Final", "2": "Draft"}, "d c")
    one, two = story.timelines()
    assert [(e.after, e.commit) for e in one.events] == [
        ("Draft", "a"),
        ("Accepted", "b"),
        ("Final", "c"),
    ]
    assert [(e.after, e.commit) for e in two.events] == [("Draft", "d")]


def test_events_of_a_merge_are_in_the_order_of_its_commits(story: Story) -> None:
    story.commit("a", {"1": {"type": "P", "status": "Draft", "title": "T"}})
    story.commit("b", {"1": {"type": "P", "status": "Draft", "title": "U"}}, "a")
    story.commit("c", {"1": {"type": "P", "status": "Final", "title": "U"}}, "b")
    story.commit("m", {"1": {"type": "Q", "status": "Final", "title": "U"}}, "a c")
    (line,) = story.timelines()
    assert [(e.kind, e.after, e.commit) for e in line.events][3:] == [
        ("title", "U", "b"),
        ("status", "Final", "c"),
        ("type", "Q", "m"),
    ]


def test_a_branch_adds_a_proposal(story: Story) -> None:
    story.commit("a", {})
    story.commit("b", {"9": "Draft"}, "a")
    story.commit("c", {"1": "Accepted"}, "b", {"1": "9"})
    story.commit("m", {"1": "Accepted"}, "a c")
    assert story.statuses() == ["None > Draft at b", "Draft > Accepted at c"]


def test_a_branch_removes_a_proposal(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {}, "a")
    story.commit("m", {}, "a b")
    assert story.statuses() == ["None > Draft at a", "Draft > None at b"]


def test_a_merge_that_changes_a_status_itself(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Draft", "2": "Draft"}, "a")
    story.commit("m", {"1": "Final", "2": "Draft"}, "a b")
    one, _two = story.timelines()
    assert [(e.after, e.commit) for e in one.events] == [("Draft", "a"), ("Final", "m")]


def test_a_merge_with_another_status_than_either_side(story: Story) -> None:
    """Nobody ever saw the branch's status on the main line, so it is no step."""
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Accepted"}, "a")
    story.commit("c", {"1": "Deferred"}, "a")
    story.commit("m", {"1": "Rejected"}, "c b")
    assert story.statuses() == [
        "None > Draft at a",
        "Draft > Deferred at c",
        "Deferred > Rejected at m",
    ]


def test_a_stale_branch_does_not_bring_an_old_status_back(story: Story) -> None:
    story.commit("a", {"1": {"status": "Draft", "title": "T"}})
    story.commit("b", {"1": {"status": "Draft", "title": "U"}}, "a")
    story.commit("c", {"1": {"status": "Accepted", "title": "T"}}, "a")
    story.commit("d", {"1": {"status": "Final", "title": "T"}}, "c")
    story.commit("m", {"1": {"status": "Final", "title": "U"}}, "d b")
    (line,) = story.timelines()
    assert [(e.kind, e.after, e.commit) for e in line.events][2:] == [
        ("status", "Accepted", "c"),
        ("status", "Final", "d"),
        ("title", "U", "b"),
    ]


def test_a_conflict_resolved_for_the_main_line(story: Story) -> None:
    story.commit("a", {"1": {"status": "Draft", "title": "T"}})
    story.commit("b", {"1": {"status": "Accepted", "title": "U"}}, "a")
    story.commit("c", {"1": {"status": "Deferred", "title": "T"}}, "a")
    story.commit("m", {"1": {"status": "Deferred", "title": "U"}}, "c b")
    assert story.statuses() == ["None > Draft at a", "Draft > Deferred at c"]


def test_a_conflict_resolved_for_the_branch(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Accepted"}, "a")
    story.commit("c", {"1": "Deferred"}, "a")
    story.commit("m", {"1": "Accepted"}, "c b")
    assert story.statuses()[1:] == ["Draft > Deferred at c", "Deferred > Accepted at m"]


def test_the_same_transition_on_both_sides_is_one_event(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Accepted"}, "a")
    story.commit("c", {"1": "Final"}, "b")
    story.commit("d", {"1": "Accepted"}, "a")
    story.commit("m", {"1": "Final"}, "d c")
    assert story.statuses()[1:] == ["Draft > Accepted at d", "Accepted > Final at c"]


def test_there_and_back_on_a_branch(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Final"}, "a")
    story.commit("c", {"1": "Draft"}, "b")
    story.commit("m", {"1": "Draft"}, "a c")
    assert story.statuses() == ["None > Draft at a"]


def test_an_octopus(story: Story) -> None:
    story.commit("a", {"1": "Draft", "2": "Draft"})
    story.commit("b", {"1": "Final", "2": "Draft"}, "a")
    story.commit("c", {"1": "Draft", "2": "Final"}, "a")
    story.commit("d", {"1": "Draft", "2": "Draft", "3": "Draft"}, "a")
    story.commit("m", {"1": "Final", "2": "Final", "3": "Draft"}, "a b c d")
    last = {
        line.number: (line.events[-1].after, line.events[-1].commit) for line in story.timelines()
    }
    assert last == {1: ("Final", "b"), 2: ("Final", "c"), 3: ("Draft", "d")}


def test_merges_that_cross(story: Story) -> None:
    story.commit("a", {"1": "Draft", "2": "Draft"})
    story.commit("b", {"1": "Final", "2": "Draft"}, "a")
    story.commit("c", {"1": "Draft", "2": "Final"}, "a")
    story.commit("m", {"1": "Final", "2": "Final"}, "b c")
    story.commit("n", {"1": "Final", "2": "Final"}, "c b")
    story.commit("o", {"1": "Final", "2": "Active"}, "n")
    story.commit("p", {"1": "Final", "2": "Active"}, "m o")
    by_path = {
        line.number: [(e.after, e.commit) for e in line.events] for line in story.timelines()
    }
    assert by_path == {
        1: [("Draft", "a"), ("Final", "b")],
        2: [("Draft", "a"), ("Final", "c"), ("Active", "o")],
    }


def test_the_main_line_was_merged_into_a_branch(story: Story) -> None:
    """Somebody pulled, and pushed the merge: the first parents lead along the branch."""
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Accepted"}, "a")
    story.commit("c", {"1": "Final"}, "b")
    story.commit("d", {"1": "Draft", "2": "Draft"}, "a")
    story.commit("m", {"1": "Final", "2": "Draft"}, "d c")
    story.commit("n", {"1": "Rejected", "2": "Draft"}, "m")
    one, _two = story.timelines()
    assert [e.commit for e in one.events] == ["a", "b", "c", "n"]


def test_a_branch_of_a_branch(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Accepted"}, "a")
    story.commit("c", {"1": "Final"}, "b")
    story.commit("d", {"1": "Accepted", "2": "Draft"}, "b")
    story.commit("m", {"1": "Final", "2": "Draft"}, "d c")
    story.commit("n", {"1": "Final", "2": "Draft"}, "a m")
    one, two = story.timelines()
    assert [e.commit for e in one.events] == ["a", "b", "c"]
    assert [e.commit for e in two.events] == ["d"]


@pytest.mark.parametrize("seen", [True, False], ids=["seen", "not seen"])
def test_the_main_line_renames_what_a_branch_edits(story: Story, seen: bool) -> None:
    story.commit("a", {"1.txt": "Draft"})
    story.commit("b", {"1.txt": "Final"}, "a")
    story.commit("c", {"1.rst": "Draft"}, "a", {"1.rst": "1.txt"} if seen else {})
    story.commit("m", {"1.rst": "Final"}, "c b")
    assert story.statuses() == ["None > Draft at a", "Draft > Final at b"]


def test_a_branch_renames_what_the_main_line_edits(story: Story) -> None:
    story.commit("a", {"1.txt": "Draft"})
    story.commit("b", {"1.rst": "Draft"}, "a", {"1.rst": "1.txt"})
    story.commit("c", {"1.rst": "Final"}, "b")
    story.commit("d", {"1.txt": "Accepted"}, "a")
    story.commit("m", {"1.rst": "Final"}, "d c", {"1.rst": "1.txt"})
    assert story.statuses()[1:] == ["Draft > Accepted at d", "Accepted > Final at m"]


def test_merged_roots(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"2": "Draft"})
    story.commit("c", {"2": "Final"}, "b")
    story.commit("m", {"1": "Draft", "2": "Final"}, "a c")
    _one, two = story.timelines()
    assert [(e.after, e.commit) for e in two.events] == [("Draft", "b"), ("Final", "c")]


def test_a_branch_moves_a_proposal_to_the_directories_of_its_statuses(story: Story) -> None:
    story.commit("a", {"Draft/1": {}})
    story.commit("b", {"Accepted/1": {}}, "a", {"Accepted/1": "Draft/1"})
    story.commit("c", {"Final/1": {}}, "b", {"Final/1": "Accepted/1"})
    story.commit("m", {"Final/1": {}}, "a c", {"Final/1": "Draft/1"})
    assert story.statuses() == [
        "None > Draft at a",
        "Draft > Accepted at b",
        "Accepted > Final at c",
    ]


def test_a_branch_edits_a_proposal_before_and_after_the_main_line_renames_it(story: Story) -> None:
    story.commit("a", {"1.txt": "Draft"})
    story.commit("b", {"1.txt": "Accepted"}, "a")
    story.commit("c", {"1.rst": "Draft"}, "a", {"1.rst": "1.txt"})
    story.commit("k", {"1.rst": "Accepted"}, "b c", {"1.rst": "1.txt"})
    story.commit("d", {"1.rst": "Final"}, "k")
    story.commit("m", {"1.rst": "Final"}, "c d")
    assert story.statuses() == [
        "None > Draft at a",
        "Draft > Accepted at b",
        "Accepted > Final at d",
    ]


def numbered(number: str, status: str) -> HeaderValues:
    return {"number": number, "status": status}


def test_files_that_take_each_others_names_on_a_branch_keep_their_own_events(story: Story) -> None:
    swapped = {"x": "y", "y": "x"}
    accepted = numbered("1", "Accepted")
    story.commit("a", {"x": numbered("1", "Draft"), "y": numbered("2", "Draft")})
    story.commit("b", {"y": accepted, "x": numbered("2", "Rejected")}, "a", swapped)
    story.commit("c", {"y": accepted, "x": numbered("2", "Withdrawn")}, "b")
    story.commit("m", {"y": accepted, "x": numbered("2", "Withdrawn")}, "a c", swapped)
    events = [[f"{e.after} at {e.commit}" for e in line.statuses] for line in story.timelines()]
    assert events == [
        ["Draft at a", "Accepted at b"],
        ["Draft at a", "Rejected at b", "Withdrawn at c"],
    ]


def test_a_new_file_where_another_was_on_a_branch_has_its_own_events(story: Story) -> None:
    story.commit("a", {"x": numbered("1", "Draft")})
    story.commit("b", {"y": numbered("1", "Accepted")}, "a", {"y": "x"})
    story.commit("c", {"y": numbered("1", "Accepted"), "x": numbered("2", "Accepted")}, "b")
    story.commit("d", {"y": numbered("1", "Final"), "x": numbered("2", "Rejected")}, "c")
    story.commit(
        "m", {"y": numbered("1", "Final"), "x": numbered("2", "Rejected")}, "a d", {"y": "x"}
    )
    events = [[f"{e.after} at {e.commit}" for e in line.statuses] for line in story.timelines()]
    assert events == [
        ["Draft at a", "Accepted at b", "Final at d"],
        ["Accepted at c", "Rejected at d"],
    ]


def test_changes_of_a_merge_are_read_once() -> None:
    """A merge of 60 commits that rotate the names of 600 files took minutes."""
    files, commits = 20, 15
    story = Story()

    def rotated(by: int) -> dict[str, str | HeaderValues]:
        status = ["Draft", "Deferred"][by % 2]
        return {chr(97 + (n + by) % files): numbered(str(n), status) for n in range(files)}

    story.commit("a", rotated(0))
    for by in range(1, commits + 1):
        story.commit(f"b{by}", rotated(by), f"b{by - 1}" if by > 1 else "a")
    story.commit("m", rotated(commits), f"a b{commits}")
    reads = 0

    def count_reads(path: str, blob: str) -> HeaderValues:
        nonlocal reads
        reads += 1
        return read(path, blob)

    lines = build_timelines(story.commits, count_reads, number, head="m", shallow=False)
    assert {len(line.statuses) for line in lines} == {commits + 1}
    assert reads < 10 * files * commits


@pytest.mark.parametrize(("limit", "events"), [(4, 5), (3, 2)])
def test_a_merge_that_changes_a_header_very_often_is_one_event(
    story: Story, monkeypatch: pytest.MonkeyPatch, limit: int, events: int
) -> None:
    monkeypatch.setattr(merges, "MAX_CHAIN", limit)
    story.commit("a", {"1": "Draft"})
    for name, status, parent in [
        ("b", "Accepted", "a"),
        ("c", "Draft", "b"),
        ("d", "Accepted", "c"),
        ("e", "Final", "d"),
    ]:
        story.commit(name, {"1": status}, parent)
    story.commit("m", {"1": "Final"}, "a e")
    statuses = story.statuses()
    assert len(statuses) == events
    assert statuses[-1] == ("Accepted > Final at e" if events == 5 else "Draft > Final at m")


def test_a_tree_merged_into_a_directory(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"2": "Draft"})
    story.commit("m", {"1": "Draft", "sub/2": "Draft"}, "a b")
    _one, two = story.timelines()
    assert (two.path, [(e.after, e.commit) for e in two.events]) == ("sub/2", [("Draft", "m")])


def test_main_line_yields_merged_commits_in_order(story: Story) -> None:
    story.commit("a", {})
    story.commit("b", {}, "a")
    story.commit("c", {}, "b")
    story.commit("d", {}, "a")
    story.commit("m", {}, "d c")
    line = [
        (commit.id, [some.id for some in brought])
        for commit, brought in main_line(story.commits, "m")
    ]
    assert line == [("a", []), ("d", []), ("m", ["b", "c"])]
    assert list(main_line(story.commits, "unknown")) == []


def test_main_line_yields_every_merged_commit_once(story: Story) -> None:
    """*b* is an ancestor of both *c* and *d*, and the branch is merged twice."""
    parents = {"a": "", "b": "a", "c": "b", "d": "b", "k": "c d", "m": "a k", "e": "k", "n": "m e"}
    for commit_id in parents:
        story.commit(commit_id, {}, parents[commit_id])
    line = [(commit.id, [c.id for c in merged]) for commit, merged in main_line(story.commits, "n")]
    assert line == [("a", []), ("m", ["b", "c", "d", "k"]), ("n", ["e"])]


# Shallow clones --------------------------------------------------------------------------------


def test_files_at_the_boundary_have_no_events(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    (line,) = story.timelines(shallow=True)
    assert line == Timeline(1, "1", (), complete=False)


def test_events_after_the_boundary(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Final", "2": "Draft"}, "a")
    one, two = story.timelines(shallow=True)
    assert ([e.after for e in one.events], one.complete) == (["Final"], False)
    assert ([e.after for e in two.events], two.complete) == (["Draft"], True)


def test_a_branch_with_a_boundary_of_its_own(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Final", "2": "Draft"})
    story.commit("c", {"1": "Final", "2": "Accepted"}, "b")
    story.commit("m", {"1": "Final", "2": "Accepted"}, "a c")
    one, two = story.timelines(shallow=True)
    assert [(e.before, e.after, e.commit) for e in one.events] == [("Draft", "Final", "m")]
    assert (two.events, two.complete) == ((), False)


# The last commit -------------------------------------------------------------------------------


def test_changed_is_the_day_on_the_main_line(story: Story) -> None:
    story.commit("a", {"1": "Draft", "2": "Draft"})
    story.commit("b", {"1": "Draft", "2": "Final"}, "a")
    story.commit("m", {"1": "Draft", "2": "Final"}, "a b")
    first, _brought, merge = (commit.date for commit in story.commits)
    assert [line.changed for line in story.timelines()] == [first, merge]


def test_changed_is_unknown_at_the_boundary(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    (line,) = story.timelines(shallow=True)
    assert line.changed is None


# Tables of decisions ----------------------------------------------------------------------------

CASES: dict[str, tuple[list[tuple[str, str, str]], list[str]]] = {
    "linear": ([("a", "", "Draft"), ("b", "a", "Final")], ["Draft at a", "Final at b"]),
    "no change": ([("a", "", "Draft"), ("b", "a", "Draft")], ["Draft at a"]),
    "merge of one commit": (
        [("a", "", "Draft"), ("b", "a", "Final"), ("m", "a b", "Final")],
        ["Draft at a", "Final at b"],
    ),
    "chain of two": (
        [("a", "", "Draft"), ("b", "a", "Accepted"), ("c", "b", "Final"), ("m", "a c", "Final")],
        ["Draft at a", "Accepted at b", "Final at c"],
    ),
    "a commit on the branch that keeps the status": (
        [("a", "", "Draft"), ("b", "a", "Draft"), ("c", "b", "Final"), ("m", "a c", "Final")],
        ["Draft at a", "Final at c"],
    ),
    "the merge goes one further": (
        [("a", "", "Draft"), ("b", "a", "Accepted"), ("m", "a b", "Final")],
        ["Draft at a", "Final at m"],
    ),
    "a tail that the merge drops": (
        [("a", "", "Draft"), ("b", "a", "Accepted"), ("c", "b", "Final"), ("m", "a c", "Accepted")],
        ["Draft at a", "Accepted at b"],
    ),
    "a detour on the branch": (
        [
            ("a", "", "Draft"),
            ("b", "a", "Deferred"),
            ("c", "b", "Draft"),
            ("d", "c", "Accepted"),
            ("m", "a d", "Accepted"),
        ],
        ["Draft at a", "Deferred at b", "Draft at c", "Accepted at d"],
    ),
    "the branch is not merged as it was": (
        [("a", "", "Draft"), ("b", "a", "Accepted"), ("m", "a b", "Draft")],
        ["Draft at a"],
    ),
    "a merge within the branch, of commits that lead there": (
        [
            ("a", "", "Draft"),
            ("b", "a", "Accepted"),
            ("c", "a", "Draft"),
            ("k", "c b", "Accepted"),
            ("m", "a k", "Accepted"),
        ],
        ["Draft at a", "Accepted at b"],
    ),
    # A merge within the branch resolves a conflict. It is no step of a chain: what it brings is in
    # the commits that it merges, and neither of them leads to Accepted from Review.
    "a merge within the branch, after a conflict": (
        [
            ("a", "", "Draft"),
            ("x", "a", "Review"),
            ("b", "a", "Accepted"),
            ("k", "x b", "Accepted"),
            ("m", "a k", "Accepted"),
        ],
        ["Draft at a", "Accepted at m"],
    ),
    "a merge within the branch that edits": (
        [
            ("a", "", "Draft"),
            ("x", "a", "Draft"),
            ("y", "a", "Draft"),
            ("k", "x y", "Final"),
            ("m", "a k", "Final"),
        ],
        ["Draft at a", "Final at m"],
    ),
}


@pytest.mark.parametrize("case", CASES)
def test_transitions(story: Story, case: str) -> None:
    """Commits as (id, parents, status), and the statuses that the timeline has."""
    commits, expected = CASES[case]
    for commit_id, parents, status in commits:
        # The same commit always writes another body, so that even equal statuses are a change.
        story.commit(commit_id, {"1": {"status": status, "body": commit_id}}, parents)
    (line,) = story.timelines()
    assert [f"{event.after} at {event.commit}" for event in line.statuses] == expected


Versions = Mapping[str, tuple[str, str]]
"""Number and title by path."""

RENAMES: dict[str, tuple[Versions, Versions, dict[str, str], dict[str, str | None]]] = {
    "git and numbers agree": (
        {"a": ("1", "T")}, {"b": ("1", "T")}, {"b": "a"}, {"b": "a"},
    ),
    "git sees nothing": ({"a": ("1", "T")}, {"b": ("1", "U")}, {}, {"b": "a"}),
    "git sees nothing, other number": ({"a": ("1", "T")}, {"b": ("2", "T")}, {}, {"b": None}),
    "renumbered, same title": ({"a": ("1", "T")}, {"b": ("2", "T")}, {"b": "a"}, {"b": "a"}),
    "renumbered, other title": ({"a": ("1", "T")}, {"b": ("2", "U")}, {"b": "a"}, {"b": None}),
    "it had no number": ({"a": ("", "T")}, {"b": ("2", "U")}, {"b": "a"}, {"b": "a"}),
    "it has no number": ({"a": ("1", "T")}, {"b": ("", "U")}, {"b": "a"}, {"b": "a"}),
    "no number, and git sees nothing": ({"a": ("1", "T")}, {"b": ("", "T")}, {}, {"b": None}),
    "the number goes before the title": (
        {"a": ("1", "T"), "b": ("2", "U")}, {"c": ("2", "T")}, {"c": "a"}, {"c": "b"},
    ),
    "two are confused": (
        {"a": ("1", "T"), "b": ("2", "U")}, {"c": ("1", "T"), "d": ("2", "U")},
        {"c": "b", "d": "a"}, {"c": "a", "d": "b"},
    ),
    "what git has seen chooses first": (
        {"a": ("1", "T")}, {"b": ("1", "T"), "c": ("1", "T")}, {"c": "a"}, {"b": None, "c": "a"},
    ),
    "one source for two": (
        {"a": ("1", "T")}, {"b": ("1", "T"), "c": ("1", "T")}, {}, {"b": "a", "c": None},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", RENAMES)
def test_match_renames(case: str) -> None:
    """The files before and after, what git takes for a rename, and where files come from."""
    before, after, seen_by_git, expected = RENAMES[case]

    def blob_of(version: tuple[str, str]) -> str:
        return json.dumps({"number": version[0], "title": version[1]})

    def find_number(_path: str, values: HeaderValues) -> int | None:
        return int(values["number"]) if values.get("number") else None

    changes = [
        FileChange(path, blob_of(version), source, blob_of(before[source]) if source else None)
        for path, version in after.items()
        for source in [seen_by_git.get(path)]
    ]
    gone = set(before) - set(seen_by_git.values())
    changes += [FileChange(path, None, None, blob_of(before[path])) for path in gone]
    commit = match_renames(Commit("c", (), 0, "Ada", tuple(changes)), read, find_number)
    assert {c.path: c.before for c in commit.changes if c.blob} == expected
    used = {source for source in expected.values() if source}
    assert {c.path for c in commit.changes if not c.blob} == set(before) - used


BoundaryCase = tuple[list[tuple[str, str, dict[str, str]]], dict[str, tuple[list[str], bool]]]

BOUNDARIES: dict[str, BoundaryCase] = {
    "a file at the boundary": ([("a", "", {"1": "Draft"})], {"1": ([], False)}),
    "its next transition": (
        [("a", "", {"1": "Draft"}), ("b", "a", {"1": "Final"})], {"1": (["Final at b"], False)},
    ),
    "a new file": (
        [("a", "", {}), ("b", "a", {"1": "Draft"})], {"1": (["Draft at b"], True)},
    ),
    "a file from a merged branch with a boundary": (
        [("a", "", {}), ("b", "", {"1": "Draft"}), ("m", "a b", {"1": "Draft"})],
        {"1": ([], False)},
    ),
    "a transition on such a branch": (
        [
            ("a", "", {"1": "Draft"}), ("b", "", {"1": "Draft"}), ("c", "b", {"1": "Final"}),
            ("m", "a c", {"1": "Final"}),
        ],
        {"1": (["Final at c"], False)},
    ),
    "a new file on a branch that is whole": (
        [("a", "", {}), ("b", "a", {"1": "Draft"}), ("m", "a b", {"1": "Draft"})],
        {"1": (["Draft at b"], True)},
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", BOUNDARIES)
def test_boundaries_of_shallow_clones(story: Story, case: str) -> None:
    """Commits as (id, parents, statuses), and the events and completeness of each file."""
    commits, expected = BOUNDARIES[case]
    for commit_id, parents, tree in commits:
        story.commit(commit_id, tree, parents)
    lines = story.timelines(shallow=True)
    results = {
        line.path: ([f"{e.after} at {e.commit}" for e in line.statuses], line.complete)
        for line in lines
    }
    assert results == expected
    assert all(line.complete for line in story.timelines())


# Against the slow and obvious model ------------------------------------------------------------


def as_commits(history: History, data: st.DataObject) -> list[Commit]:
    """*history* as git would tell it, whatever it takes for a rename."""
    commits = []
    for place, node in enumerate(history):
        parent = history[node.parents[0]].tree if node.parents else {}
        old = {version.path(n): blob(n, version) for n, version in parent.items()}
        new = {version.path(n): blob(n, version) for n, version in node.tree.items()}
        gone: list[str] = data.draw(st.permutations(sorted(set(old) - set(new))))
        changes = []
        for path in sorted(new):
            if path in old:
                changes += [FileChange(path, new[path], None, old[path])] * (old[path] != new[path])
                continue
            alike: bool = data.draw(st.booleans())
            before = gone.pop() if gone and alike else None
            changes.append(FileChange(path, new[path], before, old[before] if before else None))
        changes += [FileChange(path, None, None, old[path]) for path in gone]
        parents = tuple(map(str, node.parents))
        commits.append(Commit(str(place), parents, 10**9 - place * DAY, "Ada", tuple(changes)))
    return commits


def blob(number: int, version: histories.Version) -> str:
    values = {"title": str(number), "status": version.status, "body": str(version.body)}
    return json.dumps(values)


@settings(max_examples=300)
@given(histories.histories(), st.data())
def test_any_history(history: History, data: st.DataObject) -> None:
    head = str(len(history) - 1)
    lines = build_timelines(as_commits(history, data), read, number, head=head, shallow=False)
    arrived = histories.arrivals(history)
    assert [line.number for line in lines] == [
        n for n in histories.NUMBERS if histories.steps(history, n)
    ]
    for line in lines:
        assert line.number is not None
        version = history[-1].tree.get(line.number)
        assert line.path == (version.path(line.number) if version else None)
        agrees(history, arrived, line.number, line.statuses)


def agrees(
    history: History, arrived: Mapping[int, int], number: int, events: tuple[Event, ...]
) -> None:
    """The events lead from step to step of the model, and each really happened where it says."""
    found: list[histories.Step] = []
    for event in events:
        place = int(event.commit or "")
        assert arrived[place] == place or (number, event.before, event.after) in (
            histories.made_in(history, place)
        )
        if found and found[-1][0] == arrived[place]:
            assert found[-1][2] == event.before
            found[-1] = (arrived[place], found[-1][1], event.after)
        else:
            found.append((arrived[place], event.before, event.after))
    assert found == histories.steps(history, number)
