"""A process that starts from that of another community."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from fep_tools.editing.likeness import process_like
from fep_tools.editing.scaffold import init_repository
from fep_tools.editing.starter import Community, render_files
from fep_tools.errors import FepError
from fep_tools.process.loader import load_process, parse_process
from fep_tools.process.model import Process

from ..communities import BUILTIN
from ..conftest import TODAY

FOREIGN = {
    "pep": "Python|CPython|PEPs?",
    "dep": "Django|DEPs?",
    "glep": "Gentoo|GLEPs?",
    "rep": "ROS|REPs?",
}
GENERAL_ROLE = re.compile(r'(?ms)^\[\[role\]\]\nname = "(?:pep|rfc)".*?(?=^\[|\Z)')

communities = pytest.mark.parametrize("path", BUILTIN, ids=lambda path: path.stem)


def like(path: Path) -> tuple[Process, Process, str]:
    """Return a built-in process, the one that starts from it, and the text of that."""
    other = load_process(path)
    text = process_like(other, "TIP", "Team Improvement Proposal", "Team Improvement Proposals")
    return other, parse_process(text, "fep/process.toml"), text


@communities
def test_a_new_repository_passes_its_check(path: Path, tmp_path: Path) -> None:
    community = Community("tip", "Team Improvement Proposal", "Ada Lovelace", TODAY, path.stem)
    result, skipped = init_repository(tmp_path, community)
    assert (result.files, result.diagnostics, skipped) == (1, (), ())
    assert {"LICENSE.txt", "README.rst"} <= {file.name for file in tmp_path.iterdir()}


@communities
def test_what_any_community_can_use_is_the_same(path: Path) -> None:
    other, process, _text = like(path)
    assert [s.name for s in process.statuses] == [s.name for s in other.statuses]
    assert [t.name for t in process.types] == [t.name for t in other.types]
    assert process.transitions == other.transitions
    assert [s.title for s in process.sections] == [s.title for s in other.sections]
    assert {h.role: h.kind for h in process.headers if h.role} == {
        h.role: h.kind for h in other.headers if h.role
    }
    assert (process.dialect, process.fenced, process.title_source) == (
        other.dialect, other.fenced, other.title_source,
    )  # fmt: skip


@communities
def test_nothing_is_about_the_other_community(path: Path) -> None:
    other, process, text = like(path)
    text = GENERAL_ROLE.sub("", text)
    words = FOREIGN.get(path.stem, rf"{other.acronym}s?|{other.name.split()[0]}")
    assert re.findall(rf"\b(?:{words})\b", text) == []
    assert re.findall(rf"\b{path.stem}s?\b", text) == []
    assert (process.url, process.url_prefixes, process.repository) == ("", (), None)
    assert (process.exemptions, process.redirects, process.reserved) == ((), (), ())
    assert not any(header.allowed_urls or header.formerly for header in process.headers)


def test_any_process_file_can_be_the_model(tmp_path: Path) -> None:
    starter = render_files(Community("OLD", "Old Change", "Ada", TODAY))["fep/process.toml"]
    (tmp_path / "old.toml").write_text(starter, "utf-8")
    community = Community("NEW", "New Change", "Ada", TODAY, str(tmp_path / "old.toml"))
    process = parse_process(render_files(community)["fep/process.toml"])
    assert (process.acronym, process.plural) == ("NEW", "New Changes")
    assert process.files.path(7) == "proposals/new-0007.rst"


def test_an_unknown_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FepError, match="there is no process peps; did you mean pep"):
        init_repository(tmp_path, Community("TIP", "Tip", "Ada", TODAY, "peps"))
    assert not list(tmp_path.iterdir())
