"""The report of the builder ``linkcheck``."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fep_tools.site import link_report


@pytest.mark.parametrize(
    ("builder", "restricted"), [("linkcheck", True), ("linkcheck", False), ("html", True)]
)
def test_answers_of_servers_are_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builder: str, restricted: bool
) -> None:
    domain = SimpleNamespace(restricted=restricted)
    monkeypatch.setattr(link_report, "domain_of", lambda _env: domain)
    app: Any = SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(name=builder), env=None)
    link_report.make_safe(app, None)  # there is none
    path = tmp_path / "output.txt"
    before = b"a.rst:1: [broken] https://x: 404 \x1b]0;x\x07 ##vso[x]\n::error::\nb.rst: ok\n"
    path.write_bytes(before)
    link_report.make_safe(app, None)
    after = (
        b"a.rst:1: [broken] https://x: 404 \\x1b]0;x\\x07 #\\x23vso[x]\n:\\x3aerror::\nb.rst: ok\n"
    )
    assert path.read_bytes() == (after if builder == "linkcheck" and restricted else before)
