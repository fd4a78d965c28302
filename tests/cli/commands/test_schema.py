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
    assert 'no schema "proposls"; choose from check, log, process, proposal or proposals' in err
