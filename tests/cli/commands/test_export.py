"""``fep export``."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from fep_tools.cli.commands.export import FORMATS

from ...site.sites import proposal
from ..drafts import Run

Checkout = Callable[..., Path]

OWNED = '[[owned]]\npaths = ["/fep/"]\nroles = ["editor"]\n'


@pytest.fixture
def root(checkout: Checkout) -> Path:
    text = proposal(7, Status="Review", Review_Until="2026-03-09")
    root = checkout({"fep-0007.rst": text})
    (root / "fep" / "people.toml").write_text(OWNED, "utf-8")
    return root


@pytest.mark.parametrize("format_", FORMATS)
def test_the_output_file_has_what_is_printed(
    run: Run, root: Path, tmp_path: Path, format_: str
) -> None:
    status, printed, _err = run(root, "export", format_, "--no-cache")
    assert status == 0
    file = tmp_path / "exported"
    status, out, _err = run(root, "export", format_, "--no-cache", "--output", str(file))
    assert (status, out) == (0, "")
    assert file.read_bytes().decode().replace("\r\n", "\n") == printed.replace("\r\n", "\n")


@pytest.mark.parametrize("format_", ["atom", "ics", "bibtex", "csl"])
def test_pages_are_linked_if_the_site_is_known(run: Run, root: Path, format_: str) -> None:
    base = "https://example.org/feps"
    with_site = run(root, "export", format_, "--no-cache", "--base-url", base)[1]
    # Without git there is no history, and the feed has no entries.
    assert (f"{base}/fep-0007/" in with_site) is (format_ != "atom")
    assert "fep-0007/" not in run(root, "export", format_, "--no-cache")[1]


def test_an_invalid_base_url(run: Run, root: Path) -> None:
    status, _out, err = run(root, "export", "csl", "--base-url", "javascript:alert(1)")
    assert status == 2
    assert "--base-url" in err
    assert "https://example.org/feps/" in err


def test_a_process_can_name_the_urls_of_pages(run: Run, tmp_path: Path) -> None:
    (tmp_path / "peps").mkdir()
    text = "PEP: 8\nTitle: Style\nAuthor: Guido <guido@example.org>\nStatus: Active\n\nText.\n"
    (tmp_path / "peps" / "pep-0008.rst").write_text(text, "utf-8")
    out = run(tmp_path, "export", "csl", "--root", ".", "--process", "pep", "--no-cache")[1]
    (item,) = json.loads(out)
    assert item["URL"] == "https://peps.python.org/pep-0008/"
    assert item["author"] == [{"literal": "Guido"}]


def test_a_repository_without_proposals(run: Run, checkout: Checkout) -> None:
    assert run(checkout(), "export", "json")[0] == 2


def test_code_owners_need_owned_paths(run: Run, checkout: Checkout) -> None:
    status, _out, err = run(checkout(), "export", "codeowners")
    assert status == 2
    assert "no paths have owners; write [[owned]] in people.toml" in err
