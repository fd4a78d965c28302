"""From commits as values to timelines: no git, no files."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fep_tools.history.model import Change, Commit, Event, HeaderValues, Timeline
from fep_tools.history.replay import build_timelines, main_line

from . import histories
from .histories import History

DAY = 86_400


def read(path: str, blob: str) -> HeaderValues:
    """A version is what it says, as JSON."""
    found: HeaderValues = json.loads(blob)
    return found


def number(path: str, values: HeaderValues) -> int | None:
    """The number in the path, or else the header's."""
    match = re.search(r"[0-9]+", path)
    written = match[0] if match else values.get("number", "")
    return int(written) if written else None


class Story:
    """Commits told one by one, each with everything that there is after it.

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
            Change(path, blob, moved.get(path), before.get(moved.get(path, path)))
            for path, blob in blobs.items()
            if blob != before.get(path)
        ]
        gone = set(before) - set(blobs) - set(moved.values())
        changes += [Change(path, None, None, before[path]) for path in gone]
        when = len(self.commits) * DAY + 2 * 365 * DAY if seconds is None else seconds
        self.trees[name] = blobs
        self.commits.append(Commit(name, tuple(parents.split()), when, "Ada", tuple(changes)))

    def told(self, *, shallow: bool = False) -> list[Timeline]:
        head = self.commits[-1].id
        return build_timelines(self.commits, read, number, head=head, shallow=shallow)

    def statuses(self, *, shallow: bool = False) -> list[str]:
        """``before > after at commit`` of the only proposal."""
        (line,) = self.told(shallow=shallow)
        return [f"{e.before} > {e.after} at {e.commit}" for e in line.statuses]


@pytest.fixture
def story() -> Story:
    return Story()


# One line of commits ---------------------------------------------------------------------------


def test_every_header_is_told(story: Story) -> None:
    story.commit("a", {"1": {"status": "Draft", "title": "T"}})
    story.commit("b", {"1": {"status": "Draft", "title": "T", "type": "P"}}, "a")
    story.commit("c", {"1": {"status": "", "title": "U"}}, "b")
    (line,) = story.told()
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


def test_a_commit_that_changes_only_the_body_tells_nothing(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commits.append(Commit("b", ("a",), 0, "Ada", (Change("1", '{"status": "Draft"}'),)))
    assert story.statuses() == ["None > Draft at a"]


def test_a_revert_is_two_steps(story: Story) -> None:
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
def test_dates_that_cannot_be_are_none(story: Story, seconds: int, day: date | None) -> None:
    story.commit("a", {"1": "Draft"}, seconds=seconds)
    (line,) = story.told()
    assert line.events[0].date == day


def test_order_is_that_of_the_commits_and_dates_are_as_they_are(story: Story) -> None:
    story.commit("a", {"1": "Draft"}, seconds=1_000_000_000)
    story.commit("b", {"1": "Final"}, "a", seconds=900_000_000)
    (line,) = story.told()
    assert [(e.after, e.date and e.date.year) for e in line.events] == [
        ("Draft", 2001),
        ("Final", 1998),
    ]


# Names -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("moved", [{"x/1.rst": "1.txt"}, {}], ids=["seen", "not seen"])
def test_a_proposal_is_followed_to_another_name(story: Story, moved: Mapping[str, str]) -> None:
    """By its number, whether git finds that the files are alike or not."""
    story.commit("a", {"1.txt": "Draft"})
    story.commit("b", {"x/1.rst": "Final"}, "a", moved)
    (line,) = story.told()
    assert line.path == "x/1.rst"
    assert story.statuses() == ["None > Draft at a", "Draft > Final at b"]


def test_git_takes_one_file_for_another(story: Story) -> None:
    story.commit("a", {"1.txt": "Draft", "2.txt": "Final"})
    story.commit(
        "b", {"1.rst": "Draft", "2.rst": "Final"}, "a", {"1.rst": "2.txt", "2.rst": "1.txt"}
    )
    assert [(line.path, len(line.events)) for line in story.told()] == [("1.rst", 1), ("2.rst", 1)]


def test_a_proposal_gets_another_number(story: Story) -> None:
    story.commit("a", {"9.rst": {"number": "9", "status": "Draft"}})
    story.commit("b", {"7.rst": {"number": "7", "status": "Draft"}}, "a", {"7.rst": "9.rst"})
    (line,) = story.told()
    assert line.number == 7
    assert [(e.kind, e.before, e.after) for e in line.events][2:] == [("number", "9", "7")]


def test_a_proposal_goes_and_one_that_looks_like_it_comes(story: Story) -> None:
    story.commit("a", {"9.rst": {"title": "One", "status": "Draft"}})
    story.commit("b", {"7.rst": {"title": "Other", "status": "Draft"}}, "a", {"7.rst": "9.rst"})
    told = [(line.number, [e.after for e in line.statuses]) for line in story.told()]
    assert told == [(7, ["Draft"]), (9, ["Draft", None])]


def test_a_proposal_without_a_number_gets_one(story: Story) -> None:
    story.commit("a", {"x.rst": "Draft"})
    story.commit("b", {"x.rst": "Draft", "y.rst": "Draft"}, "a")
    story.commit("c", {"7.rst": "Draft", "y.rst": "Draft"}, "b", {"7.rst": "x.rst"})
    first, second = story.told()
    assert (first.number, first.path, len(first.events)) == (7, "7.rst", 1)
    assert (second.number, second.path) == (None, "y.rst")


def test_a_proposal_that_moves_out_of_sight_keeps_its_number(story: Story) -> None:
    story.commit("a", {"7.rst": "Draft"})
    story.commit("b", {"attic.rst": "Draft"}, "a", {"attic.rst": "7.rst"})
    (line,) = story.told()
    assert (line.number, line.path) == (7, "attic.rst")


def test_two_files_with_one_number_stay_two(story: Story) -> None:
    story.commit("a", {"1-x": "Draft", "1-y": "Final"})
    story.commit("b", {"f/1-x": "Draft", "f/1-y": "Final"}, "a", {"f/1-x": "1-x", "f/1-y": "1-y"})
    story.commit("c", {"f/1-x": "Draft", "f/1-y": "Draft"}, "b")
    told = {line.path: [e.after for e in line.events] for line in story.told()}
    assert told == {"f/1-x": ["Draft"], "f/1-y": ["Final", "Draft"]}


def test_a_file_that_is_renamed_keeps_its_past_beside_a_new_one_of_its_number(
    story: Story,
) -> None:
    story.commit("a", {"1-b": "Final"})
    story.commit("b", {"1-a": "Draft", "1-c": "Final"}, "a", {"1-c": "1-b"})
    told = {line.path: [e.commit for e in line.events] for line in story.told()}
    assert told == {"1-a": ["b"], "1-c": ["a"]}


def test_a_number_is_free_before_it_is_taken(story: Story) -> None:
    story.commit("a", {"1.rst": "Draft", "2.rst": "Final"})
    story.commit("b", {"3.rst": "Draft"}, "a", {"3.rst": "1.rst"})
    gone, here = story.told()
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


def test_a_file_without_a_number_goes(story: Story) -> None:
    story.commit("a", {"x": "Draft"})
    story.commit("b", {}, "a")
    story.commit("c", {"x": "Draft"}, "b")
    assert [(line.path, len(line.events)) for line in story.told()] == [(None, 2), ("x", 1)]


def test_a_file_that_is_gone(story: Story) -> None:
    story.commit("a", {"1.rst": "Draft"})
    story.commit("b", {}, "a")
    (line,) = story.told()
    assert line.path is None
    assert line.number == 1


# Merges ----------------------------------------------------------------------------------------


def test_a_step_is_told_with_the_commit_of_the_branch(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Accepted"}, "a")
    story.commit("c", {"1": "Final"}, "b")
    story.commit("d", {"1": "Draft", "2": "Draft"}, "a")
    story.commit("m", {"1": "Final", "2": "Draft"}, "d c")
    one, two = story.told()
    assert [(e.after, e.commit) for e in one.events] == [
        ("Draft", "a"),
        ("Accepted", "b"),
        ("Final", "c"),
    ]
    assert [(e.after, e.commit) for e in two.events] == [("Draft", "d")]


def test_a_proposal_comes_with_a_branch(story: Story) -> None:
    story.commit("a", {})
    story.commit("b", {"9": "Draft"}, "a")
    story.commit("c", {"1": "Accepted"}, "b", {"1": "9"})
    story.commit("m", {"1": "Accepted"}, "a c")
    assert story.statuses() == ["None > Draft at b", "Draft > Accepted at c"]


def test_a_proposal_goes_with_a_branch(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {}, "a")
    story.commit("m", {}, "a b")
    assert story.statuses() == ["None > Draft at a", "Draft > None at b"]


def test_a_merge_that_changes_a_status_itself(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Draft", "2": "Draft"}, "a")
    story.commit("m", {"1": "Final", "2": "Draft"}, "a b")
    one, _two = story.told()
    assert [(e.after, e.commit) for e in one.events] == [("Draft", "a"), ("Final", "m")]


def test_a_merge_that_makes_another_status_than_either_side(story: Story) -> None:
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
    (line,) = story.told()
    assert [(e.kind, e.after, e.commit) for e in line.events][2:] == [
        ("status", "Accepted", "c"),
        ("status", "Final", "d"),
        ("title", "U", "b"),
    ]


def test_a_conflict_that_the_main_line_wins_tells_nothing_of_the_branch(story: Story) -> None:
    story.commit("a", {"1": {"status": "Draft", "title": "T"}})
    story.commit("b", {"1": {"status": "Accepted", "title": "U"}}, "a")
    story.commit("c", {"1": {"status": "Deferred", "title": "T"}}, "a")
    story.commit("m", {"1": {"status": "Deferred", "title": "U"}}, "c b")
    assert story.statuses() == ["None > Draft at a", "Draft > Deferred at c"]


def test_a_conflict_that_the_branch_wins_is_told_with_the_merge(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Accepted"}, "a")
    story.commit("c", {"1": "Deferred"}, "a")
    story.commit("m", {"1": "Accepted"}, "c b")
    assert story.statuses()[1:] == ["Draft > Deferred at c", "Deferred > Accepted at m"]


def test_the_same_step_on_both_sides_is_told_once(story: Story) -> None:
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
    last = {line.number: (line.events[-1].after, line.events[-1].commit) for line in story.told()}
    assert last == {1: ("Final", "b"), 2: ("Final", "c"), 3: ("Draft", "d")}


def test_merges_that_cross(story: Story) -> None:
    story.commit("a", {"1": "Draft", "2": "Draft"})
    story.commit("b", {"1": "Final", "2": "Draft"}, "a")
    story.commit("c", {"1": "Draft", "2": "Final"}, "a")
    story.commit("m", {"1": "Final", "2": "Final"}, "b c")
    story.commit("n", {"1": "Final", "2": "Final"}, "c b")
    story.commit("o", {"1": "Final", "2": "Active"}, "n")
    story.commit("p", {"1": "Final", "2": "Active"}, "m o")
    told = {line.number: [(e.after, e.commit) for e in line.events] for line in story.told()}
    assert told == {
        1: [("Draft", "a"), ("Final", "b")],
        2: [("Draft", "a"), ("Final", "c"), ("Active", "o")],
    }


def test_a_main_line_that_was_merged_into_a_branch(story: Story) -> None:
    """Somebody pulled, and pushed the merge: the first parents lead along the branch."""
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Accepted"}, "a")
    story.commit("c", {"1": "Final"}, "b")
    story.commit("d", {"1": "Draft", "2": "Draft"}, "a")
    story.commit("m", {"1": "Final", "2": "Draft"}, "d c")
    story.commit("n", {"1": "Rejected", "2": "Draft"}, "m")
    one, _two = story.told()
    assert [e.commit for e in one.events] == ["a", "b", "c", "n"]


def test_a_branch_of_a_branch(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Accepted"}, "a")
    story.commit("c", {"1": "Final"}, "b")
    story.commit("d", {"1": "Accepted", "2": "Draft"}, "b")
    story.commit("m", {"1": "Final", "2": "Draft"}, "d c")
    story.commit("n", {"1": "Final", "2": "Draft"}, "a m")
    one, two = story.told()
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


def test_roots_that_are_merged(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"2": "Draft"})
    story.commit("c", {"2": "Final"}, "b")
    story.commit("m", {"1": "Draft", "2": "Final"}, "a c")
    _one, two = story.told()
    assert [(e.after, e.commit) for e in two.events] == [("Draft", "b"), ("Final", "c")]


def test_a_tree_that_is_merged_into_a_folder(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"2": "Draft"})
    story.commit("m", {"1": "Draft", "sub/2": "Draft"}, "a b")
    _one, two = story.told()
    assert (two.path, [(e.after, e.commit) for e in two.events]) == ("sub/2", [("Draft", "m")])


def test_commits_that_a_merge_brings_come_in_their_order(story: Story) -> None:
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


# Shallow clones --------------------------------------------------------------------------------


def test_what_was_there_before_is_not_told(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    (line,) = story.told(shallow=True)
    assert line == Timeline(1, "1", (), complete=False)


def test_what_came_later_is_told(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Final", "2": "Draft"}, "a")
    one, two = story.told(shallow=True)
    assert ([e.after for e in one.events], one.complete) == (["Final"], False)
    assert ([e.after for e in two.events], two.complete) == (["Draft"], True)


def test_a_branch_that_is_cut_off_invents_nothing(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    story.commit("b", {"1": "Final", "2": "Draft"})
    story.commit("c", {"1": "Final", "2": "Accepted"}, "b")
    story.commit("m", {"1": "Final", "2": "Accepted"}, "a c")
    one, two = story.told(shallow=True)
    assert [(e.before, e.after, e.commit) for e in one.events] == [("Draft", "Final", "m")]
    assert (two.events, two.complete) == ((), False)


# The last commit -------------------------------------------------------------------------------


def test_the_day_of_the_last_commit_is_that_of_the_main_line(story: Story) -> None:
    story.commit("a", {"1": "Draft", "2": "Draft"})
    story.commit("b", {"1": "Draft", "2": "Final"}, "a")
    story.commit("m", {"1": "Draft", "2": "Final"}, "a b")
    first, _brought, merge = (commit.date for commit in story.commits)
    assert [line.changed for line in story.told()] == [first, merge]


def test_the_day_of_a_commit_before_the_cut_is_unknown(story: Story) -> None:
    story.commit("a", {"1": "Draft"})
    (line,) = story.told(shallow=True)
    assert line.changed is None


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
                changes += [Change(path, new[path], None, old[path])] * (old[path] != new[path])
                continue
            alike: bool = data.draw(st.booleans())
            before = gone.pop() if gone and alike else None
            changes.append(Change(path, new[path], before, old[before] if before else None))
        changes += [Change(path, None, None, old[path]) for path in gone]
        parents = tuple(map(str, node.parents))
        commits.append(Commit(str(place), parents, 10**9 - place * DAY, "Ada", tuple(changes)))
    return commits


def blob(number: int, version: histories.Version) -> str:
    values = {"title": str(number), "status": version.status, "body": str(version.body)}
    return json.dumps(values)


@settings(deadline=None, max_examples=300)
@given(histories.histories(), st.data())
def test_any_history(history: History, data: st.DataObject) -> None:
    head = str(len(history) - 1)
    lines = build_timelines(as_commits(history, data), read, number, head=head)
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
