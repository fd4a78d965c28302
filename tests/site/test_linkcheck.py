"""The builder ``linkcheck``: it ends, and its report is harmless."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from fep_tools.site import linkcheck

from .sites import proposal, SiteMaker


@pytest.mark.parametrize(
    ("builder", "restricted"), [("linkcheck", True), ("linkcheck", False), ("html", True)]
)
def test_answers_of_servers_are_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, builder: str, restricted: bool
) -> None:
    domain = SimpleNamespace(restricted=restricted)
    monkeypatch.setattr(linkcheck, "domain_of", lambda _env: domain)
    app: Any = SimpleNamespace(outdir=tmp_path, builder=SimpleNamespace(name=builder), env=None)
    linkcheck.make_safe(app, None)  # there is none
    path = tmp_path / "output.txt"
    before = b"a.rst:1: [broken] https://x: 404 \x1b]0;x\x07 ##vso[x]\n::error::\nb.rst: ok\n"
    path.write_bytes(before)
    linkcheck.make_safe(app, None)
    after = (
        b"a.rst:1: [broken] https://x: 404 \\x1b]0;x\\x07 #\\x23vso[x]\n:\\x3aerror::\nb.rst: ok\n"
    )
    assert path.read_bytes() == (after if builder == "linkcheck" and restricted else before)


@pytest.mark.parametrize(
    ("uri", "name"),
    [
        ("https://example.org/", None),
        ("https://münchen.example/é#é", None),
        ("mailto:a@example.org", None),
        ("#part", None),
        ("a.png", None),
        ("../b/a.png", None),
        ("http://[::1/", "http%3A%2F%2F%5B%3A%3A1%2F"),
        ("http://é..example/", "http%3A%2F%2F%C3%A9..example%2F"),
        ("http://a..example/é", "http%3A%2F%2Fa..example%2F%C3%A9"),
        ("x" * 5000, "x" * 200),
        ("../../etc/passwd", "..%2F..%2Fetc%2Fpasswd"),
        ("/etc/passwd", "%2Fetc%2Fpasswd"),
        ("http://[\ud800", "http%3A%2F%2F%5B%3F"),
    ],
)
def test_what_sphinx_would_fail_at_is_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, uri: str, name: str | None
) -> None:
    env = SimpleNamespace(docname="a/b", doc2path=lambda name: tmp_path / f"{name}.rst")
    app: Any = SimpleNamespace(srcdir=tmp_path, env=env)
    tmp_path.joinpath("a").mkdir()
    assert linkcheck.replace_impossible(app, uri) == name


def test_impossible_addresses_do_not_keep_the_build_waiting(make_site: SiteMaker) -> None:
    links = " ".join(f"`{n} <{n}{'x' * 500}>`__ `{n} <http://a{n}..b/é>`__" for n in range(5))
    site = make_site({7: proposal(7) + f"\n{links}\n"})
    report = site.build(builder="linkcheck")
    assert report.warnings == 10
    assert site.warnings.count("broken link: http%3A%2F%2Fa") == 5
