"""Which pages are read again."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from fep_tools.site.parser import ProposalParser

from .sites import proposal, SiteMaker

CONF = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n"


def test_a_page_that_changes_while_it_is_read_is_read_again(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = make_site({7: proposal(7), "docs/a.rst": "A\n=\n\nbefore\n", "conf.py": CONF})
    parse = ProposalParser.parse

    def edit_and_parse(self: ProposalParser, text: Any, document: Any) -> None:
        site.write("docs/a.rst", "A\n=\n\nafter\n")
        site.write("proposals/fep-0007.rst", proposal(7, body="Abstract\n========\n\nafter\n"))
        parse(self, text, document)

    with monkeypatch.context() as patch:
        patch.setattr(ProposalParser, "parse", edit_and_parse)
        site.build()
    assert "before" in site.page("docs/a").text
    assert site.build().read == 2
    assert "after" in site.page("docs/a").text
    assert "after" in site.page("fep-0007").text
    assert site.build().read == 0


def test_a_page_whose_image_changes_while_it_is_read_is_read_again(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = "A\n=\n\n.. image:: a.png\n"
    png = b"\x89PNG\r\n\x1a\n"
    site = make_site({7: proposal(7), "docs/a.rst": text, "docs/a.png": png, "conf.py": CONF})
    parse = ProposalParser.parse

    def edit_and_parse(self: ProposalParser, text: Any, document: Any) -> None:
        site.write("docs/a.png", png + b"after")
        parse(self, text, document)

    with monkeypatch.context() as patch:
        patch.setattr(ProposalParser, "parse", edit_and_parse)
        site.build()
    assert site.build().read == 1
    assert site.build().read == 0


def test_a_file_with_an_older_time_is_read(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7), "docs/a.rst": "A\n=\n\nbefore\n", "conf.py": CONF})
    site.build()
    site.write("docs/a.rst", "A\n=\n\nafter\n")
    os.utime(site.root / "docs" / "a.rst", (0, 0))
    assert site.build().read == 1
    assert "after" in site.page("docs/a").text


def test_images_that_are_no_files_are_not_opened(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    body = "Abstract\n========\n\n.. image:: pipe.png\n\n.. image:: link.png\n"
    site = make_site({7: proposal(7, body=body)})
    pipe, target = site.root / "proposals" / "pipe.png", site.root.parent / "target"
    os.mkfifo(pipe)  # opening it would wait for somebody to write into it
    target.write_bytes(b"before")
    pipe.with_name("link.png").symlink_to(target)  # such as to /dev/zero
    opened: list[Path] = []
    read_bytes = Path.read_bytes

    def read(path: Path) -> bytes:
        opened.append(path)
        return read_bytes(path)

    monkeypatch.setattr(Path, "read_bytes", read)
    site.build(conf=False)
    assert not {pipe, pipe.with_name("link.png"), target}.intersection(opened)
    assert site.build(conf=False).read == 0
    target.write_bytes(b"another")
    assert site.build(conf=False).read == 1
