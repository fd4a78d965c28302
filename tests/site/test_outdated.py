"""What the digest of a page is made from."""

from __future__ import annotations

import os
from pathlib import Path

from fep_tools.site.outdated import read_source


def test_no_link_and_no_special_file_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.rst").write_text("Text.\n", "utf-8")
    (tmp_path / "link.rst").symlink_to("a.rst")
    os.mkfifo(tmp_path / "pipe.rst")
    (tmp_path / "zero.rst").symlink_to("/dev/zero")
    expected = {"a": b"Text.\n", "none": b"cannot be read: no such file or directory"}
    for name, content in expected.items():
        for follows_links in (False, True):
            assert read_source(f"{tmp_path}/{name}.rst", follows_links=follows_links) == content
    for name in ("link", "pipe", "zero"):
        assert read_source(f"{tmp_path}/{name}.rst", follows_links=False).startswith(b"is ")
    assert read_source(f"{tmp_path}/link.rst", follows_links=True) == b"Text.\n"
    assert read_source(f"{tmp_path}/zero.rst", follows_links=True).startswith(b"is ")
