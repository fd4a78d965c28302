"""What changed since proposals were decided, against which text, from one process of git."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from fep_tools.editorial import decided, textdiff
from fep_tools.editorial.decided import changes_since_decision, ChangesSince, with_changes
from fep_tools.history import gitcmd, snapshot
from fep_tools.repository import Repository

from ..history.repositories import Made
from ..site.sites import proposal, ROOT

STATEMENT = "Abstract\n========\n\n{0}\n"


@pytest.fixture
def repository(tmp_path: Path) -> Made:
    made = Made(tmp_path / "repository")
    made.commit({"fep/process.toml": (ROOT / "fep" / "process.toml").read_bytes()})
    return made


def text(number: int, status: str, body: str) -> str:
    return proposal(number, body=STATEMENT.format(body), Status=status)


def changes(made: Made, cache: Path | None = None) -> dict[int, ChangesSince]:
    opened = Repository.open(made.root, None, cache)
    corpus = opened.corpus(bodies=False)
    return changes_since_decision(opened, corpus, opened.history())


def test_words_that_changed_since_acceptance(repository: Made) -> None:
    repository.commit({"proposals/fep-0010.rst": text(10, "Draft", "Views may be typed.")})
    commit = repository.commit({"proposals/fep-0010.rst": text(10, "Accepted", "Views are typed.")})
    repository.commit({"proposals/fep-0010.rst": text(10, "Final", "Views are always typed.")})
    (since,) = changes(repository).values()
    assert (since.status, since.commit, since.counts) == ("Accepted", commit, (0, 1))
    (change,) = since.changes
    assert change.section == "Abstract"
    assert "".join(piece.text for piece in change.pieces) == "Views are always typed."


@pytest.mark.parametrize(
    ("before", "after"),
    [
        pytest.param(("Draft", "One."), ("Draft", "Two."), id="a draft"),
        pytest.param(("Accepted", "One."), ("Final", "One."), id="the same text"),
        pytest.param(("Accepted", "A “b”…"), ("Final", 'A "b"...'), id="quotation marks"),
        pytest.param(("Accepted", "See PEP 8."), ("Final", "See :pep:`8`."), id="a role"),
        pytest.param(("Accepted", "Use open."), ("Final", "Use :func:`open`."), id="a function"),
        pytest.param(
            ("Accepted", "At http://example.org/."), ("Final", "At https://example.org/."), id="URL"
        ),
        pytest.param(
            ("Accepted", "One.\n\n..\n   Local Variables:\n   coding: utf-8\n   End:"),
            ("Final", "One."),
            id="a comment for editors",
        ),
        pytest.param(
            ("Accepted", "One::\n\n    a = 1"),
            ("Final", "One:\n\n.. code-block:: python\n   :class: good\n\n    a = 1"),
            id="a directive of code",
        ),
    ],
)
def test_proposals_without_changes(
    repository: Made, before: tuple[str, str], after: tuple[str, str]
) -> None:
    for status, body in (before, after):
        repository.commit({"proposals/fep-0010.rst": text(10, status, body)})
    assert not any(changes(repository).values())


@pytest.mark.parametrize(
    ("statuses", "decided"),
    [
        pytest.param(["Draft", "Rejected", "Rejected"], 1, id="rejected"),
        pytest.param(["Draft", "Accepted", "Final", "Superseded"], 1, id="superseded"),
        pytest.param(["Accepted", "Rejected"], 1, id="first accepted, then rejected"),
        pytest.param(["Accepted", "Deferred"], 0, id="put off after it was accepted"),
        pytest.param(["Rejected", "Draft", "Accepted", "Final"], 2, id="proposed again"),
        pytest.param(["Accepted", "Draft"], None, id="a draft again"),
        pytest.param(["Draft", "Withdrawn"], None, id="never decided"),
    ],
)
def test_the_decision_that_stands(
    repository: Made, statuses: list[str], decided: int | None
) -> None:
    commits = [
        repository.commit({"proposals/fep-0010.rst": text(10, status, f"Version {number}.")})
        for number, status in enumerate(statuses)
    ]
    found = changes(repository)
    expected = [] if decided is None else [commits[decided]]
    assert [since.commit for since in found.values()] == expected
    (entry,) = Repository.open(repository.root).catalog().proposals
    published = entry.decided_text
    assert ([published.commit] if published else []) == expected
    assert published is None or (published.status, published.changed) == (
        statuses[decided or 0],
        None,
    )
    if published and decided is not None:
        (compared,) = with_changes(Repository.open(repository.root).catalog(), found).proposals
        assert compared.decided_text is not None
        assert compared.decided_text.changed is (decided < len(statuses) - 1)


def test_a_record_of_a_decision_made_elsewhere_has_no_accepted_text(repository: Made) -> None:
    url = "https://example.org/"
    history = (
        f"2020-01-01 Draft {url}1\n    2020-02-01 Accepted {url}2\n    2020-03-01 Final {url}3"
    )
    for body in ("One.", "Two."):
        record = proposal(
            10,
            body=STATEMENT.format(body),
            Status="Final",
            Retroactive="yes",
            Status_History=history,
        )
        repository.commit({"proposals/fep-0010.rst": record})
    assert changes(repository) == {}


def test_a_proposal_is_followed_to_its_former_file(repository: Made) -> None:
    words = " ".join(f"word{n}" for n in range(40))
    repository.commit({"proposals/fep-0010-views.rst": text(10, "Accepted", f"{words} old.")})
    repository.git("mv", "proposals/fep-0010-views.rst", "proposals/fep-0010.rst")
    repository.commit({"proposals/fep-0010.rst": text(10, "Final", f"{words} new.")})
    (since,) = changes(repository).values()
    assert since.counts == (1, 1)
    assert since.changes[0].pieces[0].text.startswith("... word")  # cut down to its context


def test_git_is_asked_once_for_all_and_not_at_all_the_second_time(
    repository: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10, 16):
        repository.commit({f"proposals/fep-{number:04}.rst": text(number, "Accepted", "One.")})
        repository.commit({f"proposals/fep-{number:04}.rst": text(number, "Final", "Two.")})
    commands: list[tuple[Any, ...]] = []

    @contextmanager
    def counted(*arguments: Any, **options: Any) -> Iterator[Any]:
        commands.append(arguments)
        with gitcmd.stream_git(*arguments, **options) as output:
            yield output

    monkeypatch.setattr(snapshot, "stream_git", counted)
    first = changes(repository, tmp_path / "cache")
    assert len(first) == 6
    assert len(commands) == 1
    monkeypatch.setattr(decided, "compare_texts", None)
    assert changes(repository, tmp_path / "cache") == first
    assert len(commands) == 1


@pytest.mark.parametrize("value", ["", "7", '[{"kind": 1}]', '[{"section": "", "line": "x"}]'])
def test_a_broken_cache_is_ignored(
    repository: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, value: str
) -> None:
    repository.commit({"proposals/fep-0010.rst": text(10, "Accepted", "One.")})
    repository.commit({"proposals/fep-0010.rst": text(10, "Final", "Two.")})
    expected = changes(repository)
    monkeypatch.setattr(decided, "_dump", lambda _changes: value)
    assert changes(repository, tmp_path / "cache") == expected
    assert changes(repository, tmp_path / "cache") == expected


def test_odd_paths_and_files_of_other_kinds_are_left_out(repository: Made) -> None:
    commit = repository.commit({"proposals/a missing": "text\n", "new\nline": "x"})
    git = Repository.open(repository.root).git
    files = [(commit, name) for name in ("none", "proposals", "new\nline", "proposals/a missing")]
    assert list(snapshot.read_files(git, files)) == [(commit, "proposals/a missing", b"text\n")]


def test_repeated_words_take_no_long_time() -> None:
    """They are shown as a whole; without the limit, this would take hours."""
    before, after = "a b a c " * 900, "c a b b " * 900
    (change,) = textdiff.compare_texts(before, after)
    assert [piece.kind for piece in change.pieces] == ["removed", "added"]
    paragraphs = [f"{word}\n\n" * 2000 for word in "ab"]
    assert textdiff.compare_texts("".join(paragraphs), "".join(reversed(paragraphs)))


def test_titles_of_markdown() -> None:
    (change,) = textdiff.compare_texts("# Goal\n\nOne.\n\n## Why", "# Goal\n\nTwo.\n\n## Why")
    assert change.section == "Goal"
