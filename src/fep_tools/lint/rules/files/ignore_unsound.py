from collections.abc import Iterator

from ...ignore_comments import (
    ignore_comments,
    IGNORE_EXAMPLE,
    inline_ignores,
    InlineIgnore,
    is_included,
)
from ...registry import RuleSet
from .._api import Finding, Findings, Proposal, quote, rule, Suggestions

_IN_INCLUDED_FILE = (
    "the comment has no effect in an included file; "
    "write it at the top of the text of the proposal, which covers the files that it includes"
)


@rule("C015")
def ignore_unsound(proposal: Proposal, known: RuleSet) -> Findings:
    """Ignore comment is not valid.

    The comment names rules by code or name, and gives a reason. Authors cannot ignore rules
    about changes, about the status or about several files in a comment. Ask an editor for an
    ``[[exempt]]`` entry in the process file instead.

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
            message = (
                f"{quote(comment.name[:60])} is not a valid ignore comment; write {IGNORE_EXAMPLE}"
            )
            yield Finding(comment.location.span, message)
    suggestions = Suggestions()
    for ignore in inline_ignores(proposal):
        if is_included(proposal, ignore.span.line):
            yield Finding(ignore.span, _IN_INCLUDED_FILE)
            continue
        for message in _find_faults(ignore, known, suggestions):
            yield Finding(ignore.span, message)


def _find_faults(ignore: InlineIgnore, known: RuleSet, suggestions: Suggestions) -> Iterator[str]:
    if not ignore.codes:
        yield f"the comment names no rule; write {IGNORE_EXAMPLE}"
    for name in ignore.codes:
        ignored = known.find(name)
        if ignored is None:
            meant = suggestions.closest(name, known.words) or "a code that fep rules lists"
            yield f"no rule is called {quote(name)}; write {meant}"
        elif not ignored.inline:
            what = f"{ignored.code} [{ignored.name}] cannot be ignored in a comment"
            yield f"{what}; ask an editor for an [[exempt]] entry"
    if not ignore.reason:
        yield f"the comment gives no reason; write {IGNORE_EXAMPLE}"
