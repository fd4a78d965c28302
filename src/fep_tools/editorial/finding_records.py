"""Results of two checks that were saved as JSON, compared by the fingerprints of their findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from ..diagnostics import Severity
from ..errors import ConfigError


class _Record(BaseModel):
    model_config = ConfigDict(frozen=True)


class RecordedLocation(_Record):
    """Another location that a finding refers to."""

    path: str
    line: int
    message: str


class RecordedFinding(_Record):
    """A finding as ``fep check --format json`` has written it."""

    code: str
    name: str
    severity: Severity
    message: str
    help: str | None
    url: str | None
    path: str
    line: int
    column: int
    end_line: int
    end_column: int
    number: int | None
    introduced: bool | None
    fixable: bool
    fingerprint: str = Field(min_length=1)
    related: tuple[RecordedLocation, ...]


class RecordedResult(_Record):
    """The result of a check. Keys that are not compared are left out.

    :param complete: False if something could not be checked.
    """

    schema_version: Literal[1]
    process: str
    complete: bool
    diagnostics: tuple[RecordedFinding, ...]


@dataclass(frozen=True)
class FindingComparison:
    """The findings of two checks.

    :param new: Those that only the second check has, and those that were no errors before.
    :param fixed: Those that only the first check has.
    :param kept: The others, as the second check has them.
    """

    new: tuple[RecordedFinding, ...]
    fixed: tuple[RecordedFinding, ...]
    kept: tuple[RecordedFinding, ...]

    @property
    def new_errors(self) -> int:
        """The number of errors among the new findings."""
        return sum(finding.severity is Severity.ERROR for finding in self.new)


def parse_result(data: bytes, name: str) -> RecordedResult:
    """Return the result in a file that ``fep check --format json`` has written.

    :param name: The name of the file, for messages.
    :raises ConfigError: It is another file.
    """
    try:
        return RecordedResult.model_validate_json(data)
    except ValidationError:
        advice = "write one with: fep check --format json"
        raise ConfigError(f"{name} is not the result of a check; {advice}") from None


def compare_results(before: RecordedResult, after: RecordedResult) -> FindingComparison:
    """Return which findings are new, fixed and kept, each in the order of its file."""
    old = {finding.fingerprint: finding for finding in before.diagnostics}
    current = {finding.fingerprint for finding in after.diagnostics}

    def is_new(finding: RecordedFinding) -> bool:
        former = old.get(finding.fingerprint)
        if former is None:
            return True
        return finding.severity is Severity.ERROR and former.severity is not Severity.ERROR

    return FindingComparison(
        new=tuple(finding for finding in after.diagnostics if is_new(finding)),
        fixed=tuple(each for each in before.diagnostics if each.fingerprint not in current),
        kept=tuple(finding for finding in after.diagnostics if not is_new(finding)),
    )
