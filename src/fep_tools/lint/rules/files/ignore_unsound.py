from collections.abc import Iterator

from ...._text import closest_match, quote
from ....diagnostics import Finding
from ....proposals.model import Proposal
from ...registry import all_rules, find_rule
from ...rule import rule
from ...suppressions import ignore_comments, IGNORE_EXAMPLE, inline_ignores, InlineIgnore


@rule("C015")
def ignore_unsound(proposal: Proposal) -> Iterator[Finding]:
    """A comment that is to silence a rule does not say which, or why.

    It names rules by code or by name, and says in words why they do not hold there. What a
    change does, a status, and what is wrong between files cannot be silenced by an author:
    an ``[[exempt]]`` in the process file can.

    Bad::

        FEP: 7
        Title: Typed views

        .. fep: ignore[B02O]

        See https://peps.python.org/pep-0484/.

    Good::

        FEP: 7
        Title: Typed views

        .. fep: ignore[B020] The address is what this is about.

        See https://peps.python.org/pep-0484/.
    """
    for comment, match in ignore_comments(proposal):
        if not match:
            message = f"{quote(comment.name[:60])} is not understood; write {IGNORE_EXAMPLE}"
            yield Finding(comment.location.span, message)
    for ignore in inline_ignores(proposal):
        for message in _faults(ignore):
            yield Finding(ignore.span, message)


def _faults(ignore: InlineIgnore) -> Iterator[str]:
    if not ignore.codes:
        yield f"the comment names no rule; write {IGNORE_EXAMPLE}"
    for name in ignore.codes:
        found = find_rule(name)
        if found is None:
            known = [word for rule in all_rules() for word in (rule.code, rule.name)]
            meant = closest_match(name, known) or "a code of `fep rules`"
            yield f"no rule is called {quote(name)}; write {meant}"
        elif not found.family.inline:
            yield f"no comment can silence {found.code} [{found.name}]; ask for an [[exempt]]"
    if not ignore.reason:
        yield f"the comment gives no reason; write {IGNORE_EXAMPLE}"
