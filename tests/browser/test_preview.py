"""The preview: a file is edited, and the page that is open shows it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect, Page

from fep_tools.cli import devserver
from fep_tools.cli.commands import preview
from fep_tools.site.build import build
from fep_tools.site.options import BuildOptions

from .conftest import ROOT

pytestmark = pytest.mark.browser

PROPOSAL = """\
FEP: 11
Title: {title}
Author: Ada Lovelace
Status: Draft
Type: Process
Created: 2026-01-02

Abstract
========

{body}
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = tmp_path / "repository"
    (root / "fep").mkdir(parents=True)
    (root / "proposals").mkdir()
    for name in ("process.toml", "frameworks.toml"):
        (root / "fep" / name).write_bytes((ROOT / "fep" / name).read_bytes())
    write(root, "Typed views", "Views should have types.")
    return root


def write(root: Path, title: str, body: str) -> None:
    text = PROPOSAL.format(title=title, body=body)
    (root / "proposals" / "fep-0011.rst").write_text(text, "utf-8")


@pytest.fixture
def site(root: Path, tmp_path: Path) -> Iterator[str]:
    """The preview of FEP 11, with a watch that ends with the test."""
    request = BuildOptions(root=root, output=tmp_path / "site", only=11)
    with open(tmp_path / "told", "w", encoding="utf-8") as warnings:
        build(request, warnings, lambda _doing: None)
    changes = devserver.ChangeSignal()
    stop = threading.Event()
    arguments = (request, changes, stop)
    watching = threading.Thread(target=preview.rebuild_on_changes, args=arguments)
    with devserver.serve(request.output, changes) as url:
        watching.start()
        yield url
        stop.set()
        watching.join()


def test_preview_shows_edits(page: Page, site: str, root: Path) -> None:
    page.goto(f"{site}fep-0011/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Typed views")
    write(root, "Checked views", "Views should be checked.")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Checked views", timeout=20_000)
    expect(page.locator("main")).to_contain_text("Views should be checked.")
    write(root, "Checked views", "And again.")
    expect(page.locator("main")).to_contain_text("And again.", timeout=20_000)


def test_preview_survives_mistakes(page: Page, site: str, root: Path) -> None:
    """What cannot be built is warnings, and the next edit is shown again."""
    page.goto(f"{site}fep-0011/")
    process = root / "fep" / "process.toml"
    text = process.read_text("utf-8")
    process.write_text("nonsense", "utf-8")
    process.write_text(text, "utf-8")
    write(root, "After the mistake", "x")
    expect(page.get_by_role("heading", level=1)).to_contain_text("After", timeout=20_000)
