"""What a change introduced, compared with its base, and at what level it is reported.

A settled proposal is a record: errors that were in it before are warnings. What a change adds to
it, or causes in it from another file, is an error as in any other proposal. Everything here is
pure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from ..diagnostics import CheckResult, Diagnostic, Severity
from ..proposals.model import Corpus
from .changes import ChangeSet
from .listed import is_summary
from .rule import Rule

# "is already on line 12": a number that other lines of the file change.
_LINE_NUMBER = re.compile(r"\bon line \d+")


class FindingKey(NamedTuple):
    """What two findings have in common that are the same problem before and after a change.

    Lines may move, and the proposal may move to another file. The *problem* tells findings of
    one rule on one line apart, such as two missing headers.
    """

    path: str
    code: str
    line: str
    problem: str


def finding_key(diagnostic: Diagnostic, former_paths: Mapping[str, str]) -> FindingKey:
    """Return the key of a diagnostic.

    :param former_paths: The paths before the change of proposals, by their paths now.
    """
    path = former_paths.get(diagnostic.path, diagnostic.path)
    line = " ".join(diagnostic.excerpt[0].split()) if diagnostic.excerpt else ""
    if is_summary(diagnostic):
        return FindingKey(path, diagnostic.code, line, diagnostic.fingerprint)
    # A message says what was found, then "; " and what to write instead. Advice depends on
    # other lines, such as the header after which a missing one is to be added.
    problem = _LINE_NUMBER.sub("", diagnostic.message.partition("; ")[0])
    return FindingKey(path, diagnostic.code, line, problem)


def mark_introduced(
    result: CheckResult,
    base_result: CheckResult,
    changes: ChangeSet,
    rules: Collection[Rule],
    *,
    binding_paths: Collection[str] = (),
    exempt_paths: Collection[str] = (),
) -> CheckResult:
    """Return *result* with every diagnostic marked as introduced by the change or not.

    Those that are introduced have the full level of their rule, also in a settled proposal.

    :param base_result: The result of the same check before the change.
    :param rules: The rules of the check, with their levels.
    :param binding_paths: Proposals that have to be free of errors after the change
        (see :meth:`ChangeSet.binding_paths`).
    :param exempt_paths: Files whose diagnostics never count as introduced.
    """
    by_code = {rule.code: rule for rule in rules}
    # Each finding of the base stands for one of the head: a second, equal one is new.
    known = Counter(finding_key(diagnostic, {}) for diagnostic in base_result.diagnostics)
    marked = []
    for diagnostic in result.diagnostics:
        key, rule = finding_key(diagnostic, changes.former_paths), by_code[diagnostic.code]
        was_there = known[key] > 0
        known[key] -= was_there
        introduced = diagnostic.path not in exempt_paths and (
            not was_there
            or (diagnostic.severity is Severity.ERROR and diagnostic.path in binding_paths)
            or (rule.blocking and diagnostic.path in changes.rewritten_paths)
        )
        severity = rule.severity if introduced else diagnostic.severity
        marked.append(diagnostic._replace(introduced=introduced, severity=severity))
    return result._replace(diagnostics=tuple(marked))


def count_errors(result: CheckResult, *, known: CheckResult) -> int:
    """Return how many errors of a result are not in the *known* one."""
    errors, known_errors = (
        Counter(finding_key(d, {}) for d in one.diagnostics if d.severity is Severity.ERROR)
        for one in (result, known)
    )
    return (errors - known_errors).total()


def unjudged_bases(changes: ChangeSet, base: Corpus) -> Iterator[str]:
    """Yield a note for each changed proposal whose version before the change cannot be judged."""
    for change in changes:
        before = base.by_path.get(change.before.path) if change.before and change.after else None
        if before is not None and before.obstacle:
            status = ", and its status was not compared" if change.is_status_unknown else ""
            yield (
                f"{change.path} could not be checked before this change: {before.obstacle}; "
                f"everything found in it now counts as introduced{status}"
            )
