"""A new repository: it passes the check, and no existing file is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.editing.scaffold import Community, init_repository, render_files
from fep_tools.errors import FepError
from fep_tools.process.loader import parse_process

from ..conftest import TODAY

TIPS = Community("tip", "Team Improvement Proposal", "Ada Lovelace", TODAY)


def test_a_new_repository_passes_the_check(tmp_path: Path) -> None:
    result = init_repository(tmp_path / "tips", TIPS)
    assert (result.files, result.diagnostics) == (1, ())
    assert sorted(p.relative_to(tmp_path).as_posix() for p in tmp_path.rglob("*.*")) == [
        "tips/.gitignore",
        "tips/README.rst",
        "tips/fep/process.toml",
        "tips/fep/templates/proposal.rst",
        "tips/proposals/tip-0001.rst",
    ]


def test_existing_files_are_not_overwritten(tmp_path: Path) -> None:
    (tmp_path / "README.rst").write_text("mine")
    with pytest.raises(FepError, match=r"README\.rst already exists; nothing was created"):
        init_repository(tmp_path, TIPS)
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
def test_names_that_would_change_the_structure_are_refused(
    tmp_path: Path, community: Community
) -> None:
    with pytest.raises(FepError):
        init_repository(tmp_path, community)
    assert not list(tmp_path.iterdir())


def test_names_that_contain_a_placeholder_are_inserted_once() -> None:
    texts = render_files(Community("XEP", "XEP Enhancement Proposal", "xep", TODAY))
    process = parse_process(texts["fep/process.toml"], "fep/process.toml")
    assert (process.acronym, process.plural) == ("XEP", "XEP Enhancement Proposals")
    assert "Author: xep\n" in texts["proposals/xep-0001.rst"]


def test_underlines_are_as_long_as_titles() -> None:
    text = render_files(TIPS)["README.rst"]
    assert text.startswith("Team Improvement Proposals\n==========================\n")
