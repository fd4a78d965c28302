from collections.abc import Iterator
from fnmatch import fnmatchcase

from ....config import FILE, PerFileIgnore
from ...ignore_comments import inline_ignores, InlineIgnore, is_included
from ...registry import RuleSet
from ...suppressions import RunContext
from .._api import Corpus, Finding, Findings, quote, rule, Severity, Span


@rule("C014", severity=Severity.WARNING)
def ignore_unused(corpus: Corpus, run: RunContext, known: RuleSet) -> Findings:
    """Ignored rule reports nothing here.

    The problem was fixed, or has moved elsewhere. A comment or a setting that is not needed
    would hide the next problem of that kind. Remove it.

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
            if is_included(proposal, ignore.span.line):
                continue  # which another rule reports
            for code in _find_unused(ignore, run, known):
                message = f"{code} reports nothing here; remove it from the comment"
                yield Finding(ignore.span, message, path=proposal.path)
    for entry in run.per_file:
        for message in _find_needless(entry, corpus, run, known):
            yield Finding(Span(entry.line), message, path=FILE)


def _find_unused(ignore: InlineIgnore, run: RunContext, known: RuleSet) -> Iterator[str]:
    """Yield the codes in a comment whose rules ran and reported nothing that it covers."""
    for name in ignore.codes:
        ignored = known.find(name)
        did_run = ignored and ignored.inline and ignored.code in run.codes
        if ignored and did_run and (ignore, ignored.code) not in run.used_suppressions:
            yield name


def _find_needless(
    entry: PerFileIgnore, corpus: Corpus, run: RunContext, known: RuleSet
) -> Iterator[str]:
    """Yield what is wrong with an entry of ``per-file-ignores`` whose rules ran."""
    if not any(fnmatchcase(path, entry.glob) for path in corpus.by_path):
        yield f"no proposal matches {quote(entry.glob)}; remove the entry"
        return
    for name in entry.codes:
        rules = [rule for rule in known.rules if rule.matches(name)]
        # "H" stands for all rules of the family, but rules of level "style" run only by request.
        expected = {r.code for r in rules if r.severity is not Severity.STYLE or len(rules) == 1}
        used = any(cause == entry and code in expected for cause, code in run.used_suppressions)
        about_changes = any(rule.family.letter == "T" for rule in rules)
        if expected <= run.codes and not about_changes and not used:
            yield f"{name} reports nothing in {quote(entry.glob)}; remove it from the entry"
