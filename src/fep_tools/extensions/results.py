"""The results of testing extensions with a version of Flask.

``fep extensions test --save`` keeps them in ``fep/extensions/2026-11-30.tests.json``, beside the
snapshot of that day.
"""

from __future__ import annotations

import json
from datetime import date
from enum import StrEnum
from pathlib import Path
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, Field

from .._files import as_text, read_file, Refusal
from .._records import refuse_duplicates
from .._text import dump_json
from ..errors import FepError
from .snapshot import newest_file

MAX_TEXT = 300
"""Characters of a message or a position that are kept."""

MAX_REASON = 400
"""Characters of a reason that are kept."""

_DIRECTORY = "fep/extensions/"
_SUFFIX = ".tests.json"


class Outcome(StrEnum):
    """How a trial ended."""

    WORKS = "works"
    WARNS = "warns"
    BREAKS = "breaks"
    NOT_INSTALLED = "cannot be installed"
    TIMED_OUT = "timed out"
    NOT_TRIED = "could not be tried"


OUTCOME_MEANINGS = {
    Outcome.WORKS: "it was imported, and the application answered a request",
    Outcome.WARNS: "it works, and uses what Flask or another package of Pallets deprecates",
    Outcome.BREAKS: "its import, the application or the request failed",
    Outcome.NOT_INSTALLED: "no set of wheels meets its requirements together with that Flask",
    Outcome.TIMED_OUT: "it did not end in time",
    Outcome.NOT_TRIED: "nothing is known; the reason is not the extension's",
}
"""The meaning of each outcome, for people."""


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Deprecation(_Record):
    """A deprecation that an extension meets, and the position in its files."""

    text: str = Field(max_length=MAX_TEXT)
    at: str = Field(max_length=MAX_TEXT)


class TargetRecord(_Record):
    """A version of Flask, and the day whose packages were used."""

    flask: str = Field(max_length=60)
    date: date


class TestRecord(_Record):
    """The result of testing one extension."""

    __test__ = False  # for pytest, it is no class of tests

    name: str = Field(max_length=100)
    version: str | None = Field(max_length=60)
    """The version that was tested; ``null`` if none could be chosen."""
    outcome: Outcome
    reason: str | None = Field(max_length=MAX_REASON)
    """Why it does not work, in one line."""
    at: str | None = None
    """The position in the files of the extension, such as ``flask_login/utils.py:14``."""
    application: str | None = None
    """What made the application; ``null`` if the extension was imported only."""
    warnings: tuple[Deprecation, ...] = ()
    """What it uses that is deprecated."""
    flaky: bool = False
    """Whether its runs had different outcomes."""
    before: Outcome | None = None
    """The outcome with the version of Flask that it is compared with."""
    blamed: bool | None = None
    """Whether the newer version of Flask, or what came with it, broke the extension. ``null`` if
    that is unknown, or nothing was compared."""
    changed: tuple[str, ...] = ()
    """What is different between the two environments: ``werkzeug 2.3.7 -> 3.0.0``."""


class TestReport(_Record):
    """The results of testing extensions with a version of Flask."""

    __test__ = False

    schema_version: Literal[1] = 1
    target: TargetRecord
    against: TargetRecord | None
    python: str = Field(max_length=10)
    tests: tuple[TestRecord, ...]

    @classmethod
    def newest(cls, root: Path) -> Self | None:
        """Return the newest results that the repository at *root* keeps, if there are some.

        :raises FepError: if they cannot be read.
        """
        path = newest_file(root, _SUFFIX)
        if path is None:
            return None
        content = read_file(root, path)
        if isinstance(content, Refusal):
            raise FepError(f"{path}: {content.message}")
        try:
            return cls.load(as_text(content))
        except ValueError:
            raise FepError(f"{path}: has no results of fep extensions test") from None

    @classmethod
    def load(cls, text: str) -> Self:
        """Return the report in *text*; raise :class:`ValueError` if there is none."""
        report = cls.model_validate_json(text)
        json.loads(text, object_pairs_hook=refuse_duplicates)
        return report

    def dump(self) -> str:
        """Return the report as JSON."""
        return dump_json(self.model_dump(mode="json"))


def report_path(day: date) -> str:
    """Return the path of the results of *day*: ``fep/extensions/2026-11-30.tests.json``."""
    return f"{_DIRECTORY}{day}{_SUFFIX}"
