from collections.abc import Iterator
from datetime import date

from .... import _toml
from ...._text import closest_match, quote
from ....diagnostics import Finding, Severity, Span
from ....process.model import Process
from ....process.schema import Exemption
from ....proposals.model import Corpus
from ...registry import all_rules, find_rule
from ...rule import rule
from ...suppressions import RunContext


@rule("C008", severity=Severity.WARNING)
def exempt_unused(
    corpus: Corpus, process: Process, today: date, outcome: RunContext
) -> Iterator[Finding]:
    """An exemption in the process file matches nothing.

    The defect was mended, or the number, the code or the day is wrong. Left there, it would
    hide the next defect of that kind.

    Bad::

        # fep/process.toml
        [[exempt]]
        number = 17
        code = "header-order"
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
    for at, exempt in enumerate(process.exemptions):
        unused = all(cause is not exempt for cause, _code in outcome.used_suppressions)
        if unused and (message := _message(exempt, corpus, process, today, outcome)):
            yield Finding(Span(_toml.line_of(text, ("exempt", at))), message, path=path)


def _message(
    exempt: Exemption, corpus: Corpus, process: Process, today: date, outcome: RunContext
) -> str:
    """What is the matter with *exempt*; nothing, if its rule was not asked for."""
    exempted = find_rule(exempt.code)
    if exempted is None:
        known = [name for some in all_rules() for name in (some.code, some.name)]
        meant = closest_match(exempt.code, known)
        hint = f"; write {meant}" if meant else ""
        return f"no rule is called {quote(exempt.code)}{hint}"
    if corpus.get(exempt.number) is None:
        return f"the exemption is for {process.label(exempt.number)}, which does not exist"
    if exempted.code not in outcome.codes or exempted.family.letter == "T":
        return ""
    if exempt.until is not None and exempt.until < today:
        return f"the exemption ended on {exempt.until}; remove it, or give it another day"
    label = process.label(exempt.number)
    return f"nothing in {label} needs the exemption from {exempted.name}; remove it"
