"""``fep preview``: what it builds, and when it builds again."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from fep_tools.cli import devserver, main
from fep_tools.cli.commands import preview
from fep_tools.site.options import BuildOptions

from ..drafts import TYPED_VIEWS

Checkout = Callable[..., Path]


def test_unknown_number(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    assert main.run(["preview", "8", "--root", str(root), "--port", "0"]) == 2
    assert "there is no FEP 8" in capsys.readouterr().err


def test_one_proposal_until_interrupted(
    checkout: Checkout, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """One proposal is one page, at the URL that is printed."""

    def interrupt(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(preview, "rebuild_on_changes", interrupt)
    root = checkout({"fep-0007.rst": TYPED_VIEWS, "fep-0008.rst": TYPED_VIEWS.replace("7", "8")})
    assert main.run(["preview", "7", "--root", str(root), "--port", "0"]) == 0
    output = capsys.readouterr().out
    assert "1 page written" in output
    assert "/fep-0007/\nstopped\n" in output
    assert not list((root / "build" / "preview-7").glob("api"))


def test_a_failed_build_is_reported(checkout: Checkout, capsys: pytest.CaptureFixture[str]) -> None:
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    preview.rebuild(BuildOptions(root=root, output=root / "build" / "x", only=9))
    assert "there is no FEP 9" in capsys.readouterr().err


@pytest.fixture
def watched(
    checkout: Checkout, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[Path, devserver.ChangeSignal]]:
    """A repository that is watched, and the signal of its changes; nothing is built."""
    monkeypatch.setattr(preview, "rebuild", lambda _request: None)
    root = checkout({"fep-0007.rst": TYPED_VIEWS})
    (root / "build" / "preview").mkdir(parents=True)
    (root / ".git").mkdir()
    (root / "link").symlink_to(tmp_path_factory.mktemp("outside"))
    changes, stop = devserver.ChangeSignal(), threading.Event()
    arguments = (BuildOptions(root=root, output=root / "build" / "preview"), changes, stop)
    thread = threading.Thread(target=preview.rebuild_on_changes, args=arguments)
    thread.start()
    # The watch begins a moment after the thread: write until the first change is noticed.
    for _attempt in range(100):
        (root / "started").write_text("x")
        if changes.wait(0, 0.1):
            break
    settle(changes)
    yield root, changes
    stop.set()
    thread.join()


def settle(changes: devserver.ChangeSignal) -> None:
    """Wait until no further change is reported."""
    while True:
        count = changes.count
        if changes.wait(count, 0.5) == count:
            return


@pytest.mark.parametrize("path", ["proposals/fep-0007.rst", "new.rst", "fep/process.toml"])
def test_a_changed_file_starts_a_rebuild(
    watched: tuple[Path, devserver.ChangeSignal], path: str
) -> None:
    root, changes = watched
    before = changes.count
    with (root / path).open("a") as file:
        file.write("x")
    assert changes.wait(before, 10) > before


def test_files_in_a_new_directory_are_watched(
    watched: tuple[Path, devserver.ChangeSignal],
) -> None:
    root, changes = watched
    (root / "images").mkdir()
    settle(changes)
    before = changes.count
    (root / "images" / "a.svg").write_text("x")
    assert changes.wait(before, 10) > before


@pytest.mark.slow
@pytest.mark.parametrize(
    "path", ["build/preview/index.html", ".git/index", ".hidden", "link/a.rst"]
)
def test_output_hidden_files_and_links_are_not_watched(
    watched: tuple[Path, devserver.ChangeSignal], path: str
) -> None:
    root, changes = watched
    before = changes.count
    (root / path).write_text("x")
    assert changes.wait(before, 1.0) == before
