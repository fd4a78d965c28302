from collections.abc import Iterator
from fnmatch import fnmatchcase

from ...._text import quote
from ....config import FILE, PerFile
from ....diagnostics import Finding, Severity, Span
from ....proposals.model import Corpus
from ...registry import all_rules, find_rule
from ...rule import rule
from ...suppressions import inline_ignores, InlineIgnore, RunContext


@rule("C014", severity=Severity.WARNING)
def ignore_unused(corpus: Corpus, outcome: RunContext) -> Iterator[Finding]:
    """A comment or a setting silences a rule that finds nothing there.

    The defect was mended or has moved. Left there, it would hide the next defect of that
    kind.

    Bad::

        # pyproject.toml
        [tool.fep.per-file-ignores]
        "proposals/fep-0017.rst" = ["header-order"]

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
    """
    for proposal in corpus:
        for ignore in inline_ignores(proposal):
            for code in _unused(ignore, outcome):
                message = f"nothing here needs the ignore of {code}; remove it"
                yield Finding(ignore.span, message, path=proposal.path)
    for row in outcome.per_file:
        for message in _needless(row, corpus, outcome):
            yield Finding(Span(row.line), message, path=FILE)


def _unused(ignore: InlineIgnore, outcome: RunContext) -> Iterator[str]:
    """The codes of *ignore* whose rules were there, and found nothing where it holds."""
    for name in ignore.codes:
        found = find_rule(name)
        looked_for = found and found.family.inline and found.code in outcome.codes
        if found and looked_for and (ignore, found.code) not in outcome.used_suppressions:
            yield name


def _needless(row: PerFile, corpus: Corpus, outcome: RunContext) -> Iterator[str]:
    """What is the matter with a setting for some files; nothing, if its rules were not there."""
    if not any(fnmatchcase(path, row.glob) for path in corpus.by_path):
        yield f"no proposal is named like {quote(row.glob)}; remove it"
        return
    for name in row.codes:
        rules = [rule for rule in all_rules() if rule.matches(name)]
        told = {r.code for r in rules if r.severity is not Severity.STYLE or len(rules) == 1}
        used = any(cause == row and code in told for cause, code in outcome.used_suppressions)
        late = any(rule.family.letter == "T" for rule in rules)
        if told <= outcome.codes and not late and not used:
            yield f"nothing in {quote(row.glob)} needs the ignore of {name}; remove it"
