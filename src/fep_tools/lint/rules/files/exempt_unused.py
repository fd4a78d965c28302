from datetime import date

from .... import _toml
from ....process.schema import Exemption
from ...registry import RuleSet
from ...suppressions import RunContext
from .._api import closest_match, Corpus, Finding, Findings, Process, quote, rule, Severity, Span


@rule("C008", severity=Severity.WARNING)
def exempt_unused(
    corpus: Corpus, process: Process, today: date, run: RunContext, known: RuleSet
) -> Findings:
    """Exemption is not needed.

    The problem was fixed, or the rule or the date of the exemption is wrong. An exemption that
    is not needed would hide the next problem of that kind. Remove it.

    Bad::

        # fep/process.toml
        [[exempt]]
        number = 7
        code = "header-ordre"
        reason = "The order is older than the rule."

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
    """
    path, text = process.source
    for index, exempt in enumerate(process.exemptions):
        unused = all(cause is not exempt for cause, _code in run.used_suppressions)
        if unused and (message := _message(exempt, corpus, process, today, run, known)):
            yield Finding(Span(_toml.line_of(text, ("exempt", index))), message, path=path)


def _message(
    exempt: Exemption,
    corpus: Corpus,
    process: Process,
    today: date,
    run: RunContext,
    known: RuleSet,
) -> str:
    """Return what is wrong with an unused exemption; empty if its rule did not run."""
    exempted = known.find(exempt.code)
    if exempted is None:
        meant = closest_match(exempt.code, known.words)
        return (
            f"no rule is called {quote(exempt.code)}; {f'write {meant}' if meant else 'remove it'}"
        )
    # The process may be that of a larger repository, such as a built-in one.
    if corpus.get(exempt.number) is None:
        return ""
    label = process.label(exempt.number)
    # Rules about changes run only with --base, and a change that needed the exemption is over.
    if exempted.code not in run.codes or exempted.family.letter == "T":
        return ""
    if exempt.until is not None and exempt.until < today:
        return f"the exemption ended on {exempt.until}; remove it, or set a later date"
    return f"{label} does not need the exemption from {exempted.name}; remove it"
