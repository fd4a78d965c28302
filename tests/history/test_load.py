"""Histories of real repositories, cached, and with the events that proposals declare."""

from __future__ import annotations

import gc
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, HealthCheck, settings

from fep_tools._cache import Cache
from fep_tools.cli.render import log
from fep_tools.errors import RepositoryError
from fep_tools.history import load
from fep_tools.history.model import Event, History, Timeline
from fep_tools.process.loader import parse_process
from fep_tools.process.model import Process
from fep_tools.proposals.model import Corpus, Proposal

from . import histories
from .histories import History as GeneratedHistory
from .repositories import BODY, DEP, FEP, Made, path, PEP, ROOT, text


def read(root: Path, process: Process = FEP, revision: str = "HEAD") -> History:
    return load.load_history(root, process, Cache(None), revision)


def statuses(found: History, number: int) -> list[str | None]:
    """What the status of the only proposal of that number became."""
    (line,) = found.for_number(number)
    return [event.after for event in line.statuses]


# Names and folders -----------------------------------------------------------------------------


def test_a_pep_is_followed_across_its_moves(made: Made) -> None:
    made.commit({"pep-0008.txt": text(8, "Draft", acronym="PEP")})
    made.commit({"pep-0008.txt": text(8, "Active", acronym="PEP")})
    made.move("pep-0008.txt", "pep-0008.rst")
    made.seal()
    made.move("pep-0008.rst", "peps/pep-0008.rst")
    made.write("peps/pep-0008.rst", text(8, "Final", f"{BODY}and more\n", acronym="PEP"))
    made.commit()
    found = read(made.root, PEP)
    assert statuses(found, 8) == ["Draft", "Active", "Final"]
    assert list(found.by_path) == ["peps/pep-0008.rst"]


def test_a_file_is_rewritten_while_it_moves(made: Made) -> None:
    made.commit({"pep-0008.txt": text(8, "Draft", "one\n", acronym="PEP")})
    made.commit(
        {"pep-0008.txt": None, "peps/pep-0008.rst": text(8, "Final", BODY.upper(), acronym="PEP")}
    )
    assert statuses(read(made.root, PEP), 8) == ["Draft", "Final"]


def test_a_proposal_gets_its_number_later(made: Made) -> None:
    made.commit({"drafts/idea.txt": text(7, "Draft").replace("FEP: 7\n", "FEP: XX\n")})
    made.move("drafts/idea.txt", path(12))
    made.commit({path(12): text(12, "Draft")})
    found = read(made.root)
    assert statuses(found, 12) == ["Draft"]
    assert [(e.before, e.after) for e in found.for_number(12)[0].events if e.kind == "number"] == [
        (None, "XX"),
        ("XX", "12"),
    ]


def test_a_number_that_is_not_whole(made: Made) -> None:
    source = (ROOT / "fep" / "process.toml").read_text("utf-8")
    written = parse_process(source.replace("[files]\n", "[files]\nwritten_numbers = true\n", 1))
    without = text(7, "Draft").replace("FEP: 7\n", "")
    made.commit({"proposals/fep-7a.rst": without, "proposals/fep-x.rst": without})
    made.commit({"proposals/fep-7a.rst": without.replace("Draft", "Final")})
    (line,) = read(made.root, written).timelines
    assert (line.number, line.path) == (None, "proposals/fep-7a.rst")
    assert [event.after for event in line.statuses] == ["Draft", "Final"]
    assert log.as_overview([line], written).startswith("FEP 7a: Draft ")
    assert not read(made.root).timelines


def test_a_proposal_is_renumbered(made: Made) -> None:
    made.commit({path(12): text(12, "Draft")})
    made.move(path(12), path(13))
    made.commit({path(13): text(12, "Draft").replace("FEP: 12", "FEP: 13")})
    found = read(made.root)
    assert found.for_number(12) == ()
    assert statuses(found, 13) == ["Draft"]


def test_directories_that_are_statuses(made: Made) -> None:
    said = ":DEP: 7\n:Author: Ada\n:Status: Draft\n\n" + BODY
    made.commit({"draft/0007-x.rst": f"DEP 7\n=====\n\n{said}"})
    for folder in ("accepted", "final", "superseded"):
        last = made.git("ls-files")
        made.move(last, f"{folder}/0007-x.rst")
        made.seal()
    (line,) = read(made.root, DEP).for_number(7)
    assert [(e.before, e.after) for e in line.statuses] == [
        (None, "Draft"),
        ("Draft", "Accepted"),
        ("Accepted", "Final"),
        ("Final", "Superseded"),
    ]


def test_two_files_of_one_number(made: Made) -> None:
    made.commit(
        {"draft/0007-x.rst": f":DEP: 7\n\n{BODY}", "draft/0007-y.rst": ":DEP: 7\n\nOther.\n"}
    )
    made.move("draft/0007-x.rst", "final/0007-x.rst")
    made.seal()
    first, second = read(made.root, DEP).for_number(7)
    assert [(e.after, first.path) for e in first.statuses] == [("Draft", "draft/0007-y.rst")]
    assert [e.after for e in second.statuses] == ["Draft", "Final"]


def test_a_number_that_is_used_again(made: Made) -> None:
    made.commit({path(7): text(7, "Draft")})
    made.commit({path(7): None})
    gone = read(made.root)
    assert [line.path for line in gone.for_number(7)] == [None]
    assert gone.by_path == {}
    made.commit({path(7): text(7, "Accepted", "Something else.\n")})
    assert statuses(read(made.root), 7) == ["Draft", None, "Accepted"]


def test_headers_under_former_names(made: Made) -> None:
    made.commit({"draft/0007-x.rst": ":DEP: 7\n:Implementation-Team: Ada\n\nText.\n"})
    made.commit({"draft/0007-x.rst": ":DEP: 7\n:Implementation Team: Ada\n\nText.\n"})
    (line,) = read(made.root, DEP).for_number(7)
    assert [e.after for e in line.events if e.kind == "implementation_team"] == ["Ada"]


def test_headers_in_other_capitals(made: Made) -> None:
    made.commit({path(7): "FEP: 7\nSTATUS: Draft\n"})
    made.commit({path(7): "FEP: 7\nStatus: Draft\n"})
    made.commit({path(7): "fep: 7\nstatus: Review\n"})
    assert statuses(read(made.root), 7) == ["Draft", "Review"]


def test_headers_in_a_former_dialect(made: Made) -> None:
    made.commit({"draft/0007-x.rst": f"DEP: 7\nType: Feature\n\n{BODY}"})
    made.commit({"draft/0007-x.rst": f":DEP: 7\n:Type: Feature\n\n{BODY}"})
    (line,) = read(made.root, DEP).for_number(7)
    assert [(e.kind, e.after) for e in line.events] == [
        ("number", "7"),
        ("type", "Feature"),
        ("status", "Draft"),
    ]


def test_other_files_are_no_proposals(made: Made) -> None:
    """Even where they look like one: an example in the handbook, a file of a test."""
    example = text(9, "Draft")
    made.commit({"docs/example.rst": example, "tests/fep-0009.rst": example, "README.txt": example})
    made.commit({path(1): text(1, "Draft")})
    assert [line.path for line in read(made.root).timelines] == [path(1)]


def test_a_proposal_renamed_to_something_else_is_removed(made: Made) -> None:
    made.commit({path(1): text(1, "Draft")})
    made.move(path(1), "attic/one.html")
    made.seal()
    assert statuses(read(made.root), 1) == ["Draft", None]


def test_a_link_in_the_place_of_a_proposal(made: Made) -> None:
    made.commit({path(1): text(1, "Draft"), "target.txt": text(1, "Final")})
    (made.root / path(1)).unlink()
    (made.root / path(1)).symlink_to("../target.txt")
    made.commit()
    (made.root / path(1)).unlink()
    made.commit({path(1): text(1, "Accepted")})
    assert statuses(read(made.root), 1) == ["Draft", None, "Accepted"]


def test_paths_that_are_not_utf_8(made: Made, tmp_path: Path) -> None:
    name = os.fsencode(made.root) + b"/proposals/fep-\xff.rst"
    made.commit({path(2): text(2, "Draft")})
    Path(os.fsdecode(name)).write_text(text(7, "Draft"))
    made.commit()
    cache = Cache(tmp_path / "cache")
    fresh = load.load_history(made.root, FEP, cache)
    assert statuses(fresh, 7) == ["Draft"]
    assert fresh.for_number(7)[0].path == "proposals/fep-\udcff.rst"
    assert load.load_history(made.root, FEP, cache) == fresh


def test_content_that_is_not_utf_8(made: Made) -> None:
    made.write(path(1), b"FEP: 1\nTitle: Gr\xfc\xdfe\r\nStatus:\tDraft\r\n\r\n\x00\xff")
    made.commit()
    (line,) = read(made.root).for_number(1)
    assert {e.kind: e.after for e in line.events} == {
        "number": "1",
        "title": "Grüße",
        "status": "Draft",
    }


def test_a_root_below_the_top_of_the_repository(made: Made) -> None:
    made.commit({f"sub/{path(1)}": text(1, "Draft"), path(1): text(1, "Final")})
    assert statuses(read(made.root / "sub"), 1) == ["Draft"]
    assert statuses(read(made.root), 1) == ["Final"]


def test_sha256(tmp_path: Path) -> None:
    made = Made(tmp_path / "sha256", "--object-format=sha256")
    made.commit({path(1): text(1, "Draft")})
    head = made.commit({path(1): text(1, "Accepted")})
    (line,) = read(made.root).for_number(1)
    assert [(e.after, e.commit) for e in line.statuses][1:] == [("Accepted", head)]


def test_a_bare_repository(made: Made, tmp_path: Path) -> None:
    made.commit({path(1): text(1, "Draft")})
    made.git("clone", "--quiet", "--bare", ".", str(tmp_path / "bare.git"))
    assert read(tmp_path / "bare.git") == read(made.root)


def test_a_revision(made: Made) -> None:
    first = made.commit({path(1): text(1, "Draft")})
    made.commit({path(1): text(1, "Final")})
    assert statuses(read(made.root, revision="HEAD~1"), 1) == ["Draft"]
    assert read(made.root, revision=first).head == first
    with pytest.raises(RepositoryError, match='there is no commit "unknown"'):
        read(made.root, revision="unknown")


# Merges ----------------------------------------------------------------------------------------


def test_a_merge(made: Made) -> None:
    made.commit({path(1): text(1, "Draft"), path(2): text(2, "Draft")})
    made.branch("side")
    accepted = made.commit({path(1): text(1, "Accepted")})
    made.switch("main")
    made.commit({path(2): text(2, "Review")})
    made.merge("side")
    (line,) = read(made.root).for_number(1)
    assert [(e.after, e.commit) for e in line.statuses][1:] == [("Accepted", accepted)]
    assert line.statuses[1].date == date(2020, 9, 15)


def test_a_stale_branch(made: Made) -> None:
    made.commit({path(1): text(1, "Draft")})
    made.branch("side")
    made.commit({path(1): text(1, "Draft", f"{BODY}edited\n")})
    made.switch("main")
    made.commit({path(1): text(1, "Accepted")})
    made.merge("side")
    assert statuses(read(made.root), 1) == ["Draft", "Accepted"]


def test_a_merge_that_edits(made: Made) -> None:
    made.commit({path(1): text(1, "Draft")})
    made.branch("side")
    made.commit({path(2): text(2, "Draft")})
    made.switch("main")
    made.git("merge", "--no-commit", "--no-ff", "side")
    merge = made.commit({path(1): text(1, "Final")})
    (line,) = read(made.root).for_number(1)
    assert [(e.after, e.commit) for e in line.statuses][1:] == [("Final", merge)]


def test_a_revert_of_a_merge(made: Made) -> None:
    made.commit({path(1): text(1, "Draft")})
    made.branch("side")
    made.commit({path(1): text(1, "Accepted")})
    made.switch("main")
    made.merge("side")
    made.day += 1
    made.git("revert", "--no-edit", "-m", "1", "HEAD")
    assert statuses(read(made.root), 1) == ["Draft", "Accepted", "Draft"]


def test_a_merged_repository(made: Made, tmp_path: Path) -> None:
    made.commit({path(1): text(1, "Draft")})
    other = Made(tmp_path / "other")
    other.commit({path(2): text(2, "Draft")})
    accepted = other.commit({path(2): text(2, "Accepted")})
    made.git("fetch", "--quiet", str(other.root), "main")
    made.merge("FETCH_HEAD", options=("--allow-unrelated-histories",))
    (line,) = read(made.root).for_number(2)
    assert [(e.after, e.commit) for e in line.statuses][1:] == [("Accepted", accepted)]


# Clones that are not whole ---------------------------------------------------------------------


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_a_shallow_clone_invents_nothing(made: Made, tmp_path: Path, depth: int) -> None:
    made.commit({path(1): text(1, "Draft"), path(2): text(2, "Draft")})
    made.branch("side")
    made.commit({path(2): text(2, "Review")})
    made.commit({path(2): text(2, "Accepted")})
    made.switch("main")
    made.commit({path(1): text(1, "Review")})
    made.merge("side")
    made.git("clone", "--quiet", f"--depth={depth}", f"file://{made.root}", str(tmp_path / "clone"))
    whole, cut = read(made.root), read(tmp_path / "clone")
    assert whole.complete
    assert not cut.complete
    for line in cut.timelines:
        assert not line.complete
        known = whole.by_path[line.path or ""].events
        assert [(e.kind, e.after) for e in line.events] == [
            (e.kind, e.after) for e in known[len(known) - len(line.events) :]
        ]
    assert sum(len(line.events) for line in cut.timelines) == depth - 1


def test_a_deepened_clone_is_read_again(made: Made, tmp_path: Path) -> None:
    for status in ("Draft", "Review", "Accepted"):
        made.commit({path(1): text(1, status)})
    clone = tmp_path / "clone"
    made.git("clone", "--quiet", "--depth=1", f"file://{made.root}", str(clone))
    cache = Cache(tmp_path / "cache")
    assert statuses(load.load_history(clone, FEP, cache), 1) == []
    subprocess.run(["git", "fetch", "--quiet", "--deepen=1"], cwd=clone, check=True)
    assert statuses(load.load_history(clone, FEP, cache), 1) == ["Accepted"]
    subprocess.run(["git", "fetch", "--quiet", "--unshallow"], cwd=clone, check=True)
    found = load.load_history(clone, FEP, cache)
    assert statuses(found, 1) == ["Draft", "Review", "Accepted"]
    assert found.complete


# The cache --------------------------------------------------------------------------------------


def test_cached_histories_equal_fresh_ones(made: Made, tmp_path: Path) -> None:
    made.commit({path(1): text(1, "Draft"), path(2): text(2, "")})
    made.commit({path(1): None})
    cache = Cache(tmp_path / "cache")
    fresh = load.load_history(made.root, FEP, cache)
    assert load.load_history(made.root, FEP, cache) == fresh == read(made.root)
    made.commit({path(2): text(2, "Final")})
    assert load.load_history(made.root, FEP, cache) == read(made.root) != fresh


@pytest.mark.parametrize("enabled", [True, False])
def test_the_garbage_collector_is_as_before(made: Made, enabled: bool) -> None:
    made.commit({path(1): text(1, "Draft")})
    before = gc.isenabled()
    try:
        (gc.enable if enabled else gc.disable)()
        read(made.root)
        assert gc.isenabled() == enabled
    finally:
        (gc.enable if before else gc.disable)()


def test_one_cache_for_several_roots_and_processes(made: Made, tmp_path: Path) -> None:
    made.commit({path(1): text(1, "Draft"), f"sub/{path(1)}": text(1, "Final")})
    cache = Cache(tmp_path / "cache")
    for _again in range(2):
        assert statuses(load.load_history(made.root, FEP, cache), 1) == ["Draft"]
        assert statuses(load.load_history(made.root / "sub", FEP, cache), 1) == ["Final"]
        assert load.load_history(made.root, PEP, cache).timelines == ()


@pytest.mark.parametrize("remembered", ["", "{}", "[]", "[1]", "[1,2,3,4]", '["a",true,[],[[1]]]'])
def test_damaged_cache_entries_are_read_again(
    made: Made, remembered: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    made.commit({path(1): text(1, "Draft")})

    class Strange(Cache):
        def get(self, keys: Iterable[bytes]) -> dict[bytes, str]:
            return dict.fromkeys(keys, remembered)

    assert load.load_history(made.root, FEP, Strange(None)) == read(made.root)


def test_two_processes_share_the_cache(made: Made, tmp_path: Path) -> None:
    for number in range(1, 30):
        made.commit({path(number): text(number, "Draft")})
    (made.root / "fep").mkdir()
    (made.root / "fep" / "process.toml").write_text(
        (ROOT / "fep" / "process.toml").read_text("utf-8"), "utf-8"
    )
    command = [sys.executable, "-c", "from fep_tools.cli.main import main; main()", "log", "--all"]
    environment = {**os.environ, "FEP_CACHE_DIR": str(tmp_path / "cache")}
    running = [
        subprocess.Popen(
            command, cwd=made.root, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        for _ in range(2)
    ]
    outputs = [process.communicate() for process in running]
    assert [process.returncode for process in running] == [0, 0]
    assert outputs[0] == outputs[1]
    assert outputs[0][0].decode().count("Draft") == 29
    assert outputs[0][1] == b""


# Declared events -----------------------------------------------------------------------------

RETROACTIVE = """\
FEP: 7
Title: Blueprints
Status: {status}
Retroactive: yes
Status-History: 2011-06-28 Draft https://example.org/1
                2011-09-29 Final https://example.org/2{more}

Text.
"""


def declared(made: Made) -> Timeline:
    """The timeline of the only proposal, with what its file in the folder declares."""
    content = (made.root / path(7)).read_text()
    corpus = Corpus((Proposal.parse(content, FEP, path(7)),))
    (line,) = load.add_declared_events(read(made.root), corpus).for_number(7)
    return line


def test_declared_events_come_before_commits(made: Made) -> None:
    made.commit({path(7): RETROACTIVE.format(status="Final", more="")})
    line = declared(made)
    assert [e for e in line.events if e.kind == "status"] == [
        Event(
            "status",
            None,
            "Draft",
            date(2011, 6, 28),
            source="declared",
            link="https://example.org/1",
        ),
        Event(
            "status",
            "Draft",
            "Final",
            date(2011, 9, 29),
            source="declared",
            link="https://example.org/2",
        ),
    ]
    assert "title" in {e.kind for e in line.events if e.source == "commit"}


def test_later_commits_come_after_declared_events(made: Made) -> None:
    made.commit({path(7): RETROACTIVE.format(status="Final", more="")})
    made.commit({path(7): RETROACTIVE.format(status="Superseded", more="")})
    assert [(e.after, e.source) for e in declared(made).statuses] == [
        ("Draft", "declared"),
        ("Final", "declared"),
        ("Superseded", "commit"),
    ]


def test_a_declared_status_that_is_set_again_is_an_event(made: Made) -> None:
    for status in ("Final", "Draft", "Final"):
        made.commit({path(7): RETROACTIVE.format(status=status, more="")})
    assert [(e.after, e.source) for e in declared(made).statuses] == [
        ("Draft", "declared"),
        ("Final", "declared"),
        ("Draft", "commit"),
        ("Final", "commit"),
    ]


def test_a_declared_event_is_not_repeated_by_its_commit(made: Made) -> None:
    more = "\n                2021-05-11 Superseded https://example.org/3"
    made.commit({path(7): RETROACTIVE.format(status="Final", more="")})
    made.commit({path(7): RETROACTIVE.format(status="Superseded", more=more)})
    assert [(e.after, e.source) for e in declared(made).statuses] == [
        ("Draft", "declared"),
        ("Final", "declared"),
        ("Superseded", "declared"),
    ]


def test_declared_events_of_an_uncommitted_file(made: Made) -> None:
    made.commit({"README": ""})
    made.write(path(7), RETROACTIVE.format(status="Final", more=""))
    assert [e.after for e in declared(made).statuses] == ["Draft", "Final"]


def test_proposals_that_are_not_retroactive_declare_nothing(made: Made) -> None:
    said = RETROACTIVE.format(status="Final", more="").replace("Retroactive: yes\n", "")
    made.commit({path(7): said})
    assert [(e.after, e.source) for e in declared(made).statuses] == [("Final", "commit")]


# Against the slow and obvious model ------------------------------------------------------------


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(history=histories.histories(most=10))
def test_any_history(history: GeneratedHistory, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("made") / "made.git"
    places = histories.make(root, history)
    found = read(root)
    arrived = histories.arrivals(history)
    for number in histories.NUMBERS:
        version = history[-1].tree.get(number)
        if version and version.place == 2:
            assert found.for_number(number) == ()
            continue
        steps = histories.steps(history, number)
        events = [event for line in found.for_number(number) for event in line.statuses]
        assert [line.path for line in found.for_number(number)] == (
            [version.path(number) if version else None] if steps else []
        )
        assert net(events, places, arrived) == steps


def net(
    events: Sequence[Event], places: dict[str, int], arrived: dict[int, int]
) -> list[histories.Step]:
    """What *events* make of the status with each commit of the main line."""
    found: list[histories.Step] = []
    for event in events:
        place = arrived[places[event.commit or ""]]
        if found and found[-1][0] == place:
            found[-1] = (place, found[-1][1], event.after)
        else:
            found.append((place, event.before, event.after))
    return found


# Other communities -----------------------------------------------------------------------------


@pytest.fixture(scope="session")
def peps(corpora: Path) -> History:
    return read(corpora / "peps", PEP)


@pytest.mark.corpora
def test_the_last_transition_of_every_pep_is_its_status(corpora: Path, peps: History) -> None:
    files = sorted((corpora / "peps" / "peps").glob("pep-*.rst"))
    assert len(files) == 736
    for file in files:
        said = re.search(r"^Status: *(.*?) *$", file.read_text("utf-8"), re.MULTILINE)
        line = peps.by_path[f"peps/{file.name}"]
        assert said is not None
        assert line.statuses[-1].after == said[1]
        assert line.number == int(file.stem.removeprefix("pep-"))
        for before, after in zip(line.statuses, line.statuses[1:], strict=False):
            assert before.after == after.before
    assert peps.complete


@pytest.mark.corpora
def test_former_values_that_are_no_status(peps: History) -> None:
    values = {(e.after, line.number) for line in peps.timelines for e in line.statuses}
    assert values >= {
        ("Acepted", 561),
        ("Approved", 311),
        ("Approved", 411),
        ("Complete", 160),
        ("Finished", 160),
        ("Finished", 366),
        ("Postponed", 431),
        ("Replaced", 102),
        ("Withdrawal", 3150),
        ("", 382),
    }


@pytest.mark.corpora
def test_a_clone_of_depth_one_invents_nothing(corpora: Path, tmp_path: Path) -> None:
    source, clone = f"file://{corpora / 'peps'}", tmp_path / "shallow"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", source, clone], check=True)
    found = read(clone, PEP)
    assert not found.complete
    assert len(found.timelines) == 736
    assert not any(line.events or line.complete for line in found.timelines)


@pytest.mark.corpora
def test_deps_that_move_between_folders_change_their_status(corpora: Path) -> None:
    found = read(corpora / "deps", DEP)
    steps = Counter((e.before, e.after) for line in found.timelines for e in line.statuses)
    for step in [("Draft", "Accepted"), ("Accepted", "Final"), ("Draft", "Final")]:
        assert steps[step] > 0
    files = subprocess.run(
        ["git", "ls-files", "*/0*"], cwd=corpora / "deps", capture_output=True, check=True
    )
    for name in files.stdout.decode().split():
        assert found.by_path[name].statuses[-1].after == name.split("/")[0].capitalize()
