"""``fep schema``."""

from __future__ import annotations

from pathlib import Path

import pytest

from fep_tools.catalog import schemas

from ..drafts import Run


def test_schemas_are_listed_with_a_summary(run: Run, tmp_path: Path) -> None:
    lines = run(tmp_path, "schema")[1].splitlines()
    assert [line.split()[0] for line in lines] == list(schemas.NAMES)
    assert all(len(line.split()) > 3 for line in lines)


@pytest.mark.parametrize("name", schemas.NAMES)
def test_a_schema_is_printed(run: Run, tmp_path: Path, name: str) -> None:
    assert run(tmp_path, "schema", name)[1].encode() == schemas.json_schema(name)


def test_an_unknown_schema(run: Run, tmp_path: Path) -> None:
    status, out, err = run(tmp_path, "schema", "proposls")
    assert (status, out) == (2, "")
    names = f"{', '.join(schemas.NAMES[:-1])} or {schemas.NAMES[-1]}"
    assert f'no schema "proposls"; choose from {names}' in err


def test_the_keys_of_a_file_are_explained(run: Run, tmp_path: Path) -> None:
    status, out, _err = run(tmp_path, "schema", "process", "--format", "text")
    assert status == 0
    assert "``" not in out
    assert max(map(len, out.splitlines())) <= 80
    assert (
        """
[[transition]]
  Allowed status transitions, and the headers that they need as evidence.

  from = a string in quotes, on one line and without blanks at its ends
    Required. The status before.
"""
        in out
    )
    assert "\n  authors: people\n    The people who write the proposal.\n" in out
    assert run(tmp_path, "schema", "frameworks", "--format", "text")[1].startswith("[[framework]]")


def test_only_files_that_communities_write_have_a_text(run: Run, tmp_path: Path) -> None:
    status, out, err = run(tmp_path, "schema", "log", "--format", "text")
    assert (status, out) == (2, "")
    assert "--format text is for extensions, frameworks, people or process, and not for log" in err
