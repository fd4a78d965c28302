"""``fep build --builder``: this repository, and what ``fep init`` makes, in other formats."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread

import pytest
from sphinx.builders.linkcheck import HyperlinkAvailabilityChecker

from fep_tools.cli.commands.build import BUILDERS

from ..drafts import Run, TYPED_VIEWS

ROOT = Path(__file__).parents[3]
FILES = {
    "dirhtml": "{slug}/index.html",
    "dummy": "",  # writes nothing
    "epub": "*.epub",
    "gettext": "{slug}.pot",
    "html": "{slug}.html",
    "json": "{slug}.fjson",
    "latex": "*.tex",
    "linkcheck": "output.json",
    "pickle": "{slug}.fpickle",
    "pseudoxml": "{slug}.pseudoxml",
    "singlehtml": "index.html",
    "texinfo": "*.texi",
    "text": "{slug}.txt",
    "xml": "{slug}.xml",
}
"""What each builder writes."""

pytestmark = pytest.mark.filterwarnings("ignore:.*serializinghtml")


@pytest.fixture
def no_requests(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let ``linkcheck`` collect links, and request none."""
    monkeypatch.setattr(HyperlinkAvailabilityChecker, "check", lambda _self, _links: iter(()))


def test_each_builder_is_tested() -> None:
    assert tuple(FILES) == BUILDERS


@pytest.mark.slow
@pytest.mark.parametrize("builder", FILES)
def test_the_starter(run: Run, tmp_path: Path, no_requests: None, builder: str) -> None:
    names = ("--acronym", "TIP", "--name", "Team Improvement Proposal", "--author", "Ada")
    run(tmp_path, "init", "tips", *names, "--no-build")
    root = tmp_path / "tips"
    status, out, err = run(root, "build", "--builder", builder, "--strict", "--jobs", "1")
    assert (status, "WARNING" in err) == (0, False)
    output = root / "build" / builder
    where = f"for a PDF, run: make -C {output}" if builder == "latex" else f"written to {output}"
    assert out == f"1 proposal on 6 pages, 6 read, no warnings\n{where}\n"
    pattern = FILES[builder].format(slug="tip-0001")
    assert not pattern or list(output.glob(pattern))


@pytest.mark.slow
@pytest.mark.parametrize("builder", ["text", "epub", "latex", "json", "pickle", "linkcheck"])
def test_this_repository(
    run: Run, tmp_path: Path, no_requests: None, monkeypatch: pytest.MonkeyPatch, builder: str
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)  # the proposals are of the present
    output = tmp_path / "out"
    options = ("--output", str(output), "--strict", "--jobs", "1")
    status, out, err = run(tmp_path, "build", "--root", str(ROOT), "--builder", builder, *options)
    assert (status, "WARNING" in err) == (0, False)
    assert "no warnings" in out
    assert list(output.glob(FILES[builder].format(slug="fep-0011")))


class Host(BaseHTTPRequestHandler):
    """A host that has one page, ``/there``."""

    def do_HEAD(self) -> None:
        self.send_response(200 if self.path == "/there" else 404)
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def host() -> Iterator[str]:
    """The URL of a host on this machine."""
    with HTTPServer(("127.0.0.1", 0), Host) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("path", "status"), [("there", 0), ("there#no-anchor", 0), ("missing", 1)])
def test_a_broken_link_fails_the_build(
    checkout: Callable[..., Path], run: Run, host: str, path: str, status: int
) -> None:
    text = f"{TYPED_VIEWS}\nSee `a page <{host}/{path}>`__.\n"
    root = checkout({"fep-0007.rst": text})
    (root / "conf.py").write_text(
        "extensions = ['fep_tools.site']\nlinkcheck_ignore = ['https:']\n"
    )
    got, _out, err = run(root, "build", "--builder", "linkcheck", "--jobs", "1")
    assert got == status
    assert (f"proposals/fep-0007.rst:13: WARNING: broken link: {host}/missing" in err) == bool(
        status
    )


@pytest.mark.parametrize("option", [["--local"], ["--search", "sphinx"]])
def test_options_of_the_site_do_not_apply(repo: Path, run: Run, option: list[str]) -> None:
    status, _out, err = run(repo, "build", "--builder", "epub", *option)
    assert status == 2
    assert f"{option[0]} is for the site; leave it out with --builder" in err


def test_a_builder_that_runs_examples_is_refused(repo: Path, run: Run) -> None:
    status, _out, err = run(repo, "build", "--builder", "doctest")
    assert status == 2
    assert "'doctest' is not one of" in err
