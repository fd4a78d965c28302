"""A repository made in one step: it checks, it builds, and nothing that was there is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.editing import operations, scaffold
from fep_tools.editing.scaffold import Community
from fep_tools.errors import FepError
from fep_tools.process.model import Process

from ..conftest import TODAY

TIPS = Community("tip", "Team Improvement Proposal", "Ada Lovelace", TODAY)


def test_it_checks(tmp_path: Path) -> None:
    verdict = operations.init_repository(tmp_path / "tips", TIPS)
    assert (verdict.files, verdict.diagnostics) == (1, ())
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*")) == [
        "tips/.gitignore",
        "tips/README.rst",
        "tips/fep/process.toml",
        "tips/fep/templates/proposal.rst",
        "tips/proposals/tip-0001.rst",
    ]


def test_what_is_there_stays(tmp_path: Path) -> None:
    (tmp_path / "README.rst").write_text("mine")
    with pytest.raises(FepError, match=r"README\.rst: is there already; nothing was made"):
        operations.init_repository(tmp_path, TIPS)
    assert [p.name for p in tmp_path.iterdir()] == ["README.rst"]


@pytest.mark.parametrize(
    "community",
    [
        Community("T I P", "Tip", "Ada", TODAY),
        Community("", "Tip", "Ada", TODAY),
        Community("TIP", 'Tip"\nacronym = "EVIL', "Ada", TODAY),
        Community("TIP", "Tip", "Ada\nStatus: Final", TODAY),
        Community("TIP", "", "Ada", TODAY),
        Community("TIP", "Tip", "`Ada`", TODAY),
    ],
)
def test_names_that_would_be_more_than_names(tmp_path: Path, community: Community) -> None:
    with pytest.raises(FepError):
        operations.init_repository(tmp_path, community)
    assert not list(tmp_path.iterdir())


def test_names_that_hold_each_other() -> None:
    """The name is put in once, even where it says what is exchanged."""
    texts = scaffold.files(Community("XEP", "XEP Enhancement Proposal", "xep", TODAY))
    process = Process.parse(texts["fep/process.toml"], "fep/process.toml")
    assert (process.acronym, process.plural) == ("XEP", "XEP Enhancement Proposals")
    assert "Author: xep\n" in texts["proposals/xep-0001.rst"]


def test_every_title_is_underlined(tmp_path: Path) -> None:
    text = scaffold.files(TIPS)["README.rst"]
    assert text.startswith("Team Improvement Proposals\n==========================\n")
