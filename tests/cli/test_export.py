"""``fep export`` and ``fep schema``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.catalog import schemas
from fep_tools.cli import main
from fep_tools.cli.commands.export import FORMATS

from ..site.sites import proposal

Checkout = Callable[..., Path]
Told = tuple[int, str, str]
Run = Callable[..., Told]


@pytest.fixture
def run(capfd: pytest.CaptureFixture[str]) -> Run:
    """Run a command: exit status, standard output, standard error."""

    def run(*arguments: str) -> Told:
        status = main.run(list(arguments))
        told = capfd.readouterr()
        return status, told.out, told.err

    return run


@pytest.fixture
def root(checkout: Checkout) -> str:
    text = proposal(7, Status="Review", Review_Until="2026-03-09")
    return str(checkout({"fep-0007.rst": text}))


@pytest.mark.parametrize("format_", FORMATS)
def test_a_file_holds_what_is_printed(run: Run, root: str, tmp_path: Path, format_: str) -> None:
    status, printed, _err = run("export", format_, "--root", root, "--no-cache")
    assert status == 0
    file = tmp_path / "exported"
    assert run("export", format_, "--root", root, "--no-cache", "--output", str(file))[:2] == (
        0,
        "",
    )
    assert file.read_bytes().decode().replace("\r\n", "\n") == printed.replace("\r\n", "\n")


@pytest.mark.parametrize("format_", ["atom", "ics", "bibtex", "csl"])
def test_pages_are_linked_where_the_site_is(run: Run, root: str, format_: str) -> None:
    asked = ("export", format_, "--root", root, "--no-cache")
    if format_ != "atom":  # without git nothing has happened
        assert (
            "https://example.org/feps/fep-0007/"
            in run(*asked, "--base-url", "https://example.org/feps")[1]
        )
    assert "fep-0007/" not in run(*asked)[1]


def test_an_address_that_is_none(run: Run, root: str) -> None:
    status, _out, err = run("export", "csl", "--root", root, "--base-url", "javascript:alert(1)")
    assert status == 2
    assert "--base-url" in err
    assert "https://example.org/feps/" in err


def test_pages_of_another_community_are_where_its_process_says(run: Run, tmp_path: Path) -> None:
    (tmp_path / "peps").mkdir()
    text = "PEP: 8\nTitle: Style\nAuthor: Guido <guido@example.org>\nStatus: Active\n\nText.\n"
    (tmp_path / "peps" / "pep-0008.rst").write_text(text, "utf-8")
    out = run("export", "csl", "--root", str(tmp_path), "--process", "pep", "--no-cache")[1]
    (item,) = json.loads(out)
    assert item["URL"] == "https://peps.python.org/pep-0008/"
    assert item["author"] == [{"literal": "Guido"}]


def test_nothing_to_export(run: Run, checkout: Checkout) -> None:
    assert run("export", "json", "--root", str(checkout()))[0] == 2


def test_schemas_are_listed_and_printed(run: Run) -> None:
    listed = run("schema")[1].splitlines()
    assert [line.split()[0] for line in listed] == list(schemas.NAMES)
    assert all(len(line.split()) > 3 for line in listed)
    assert run("schema", "proposals")[1].encode() == schemas.json_schema("proposals")
    status, _out, err = run("schema", "proposls")
    assert status == 2
    assert "proposals" in err
