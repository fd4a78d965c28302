from collections import Counter
from collections.abc import Iterator

from ...._sequences import Steps
from ....process.schema import Role
from .._api import (
    Finding,
    Findings,
    join_words,
    plural,
    Process,
    Proposal,
    ProposalChange,
    quote,
    Related,
    rule,
    Severity,
    Span,
)
from .._lines import body_lines, line_span
from ._worddiff import find_changed_words

MAX_LISTED = 5
"""How many changes a message lists."""

_DECIDERS: tuple[Role, ...] = ("delegate", "sponsor")
_DECISION: tuple[Role, ...] = ("reason", "resolution", "version", *_DECIDERS)
"""Headers that say what was decided, why, by whom, and which release has it."""


@rule("T010", severity=Severity.WARNING)
def settled_text(change: ProposalChange, process: Process) -> Findings:
    """Text of a settled proposal was changed.

    The text records what was decided, and so do the files that it includes, its appendices in a
    directory of pages, and the headers that say why, by whom and for which release. Write a new
    proposal for a change in substance, or update the documentation. Fixes to spelling, URLs,
    punctuation and markup are fine, unless readers see other words afterwards: a sentence in a
    comment, or struck out, was removed.

    There is no dictionary. A letter or two of a longer word may be corrected, and words may be
    joined or split unless one of them is as common as "a", "now" or "not". Each other word, and
    each sign such as ``≠``, ``✅`` or the ``+`` of a sum counts as changed.

    Bad::

        # base
        FEP: 7
        Status: Final

        Abstract
        ========

        Views may be typed.

        # head
        FEP: 7
        Status: Final

        Abstract
        ========

        Views must never be typed.

    Good::

        # base
        FEP: 7
        Status: Final

        Abstract
        ========

        Veiws may be *typed*.

        # head
        FEP: 7
        Status: Final

        Abstract
        ========

        Views may be `typed <https://example.org>`_.
    """
    before, after = change.before, change.after
    if before is None or after is None:
        return
    # A proposal that becomes superseded remains a record.
    former, status = process.status(before.status), process.status(after.status)
    if former is None or status is None or not (former.settled and status.settled):
        return
    changed = [*_changed_headers(before, after), *_changed_text(before, after, change.steps)]
    if not changed:
        return
    described = [_describe(old, new) for old, new, _span in changed]
    listed = join_words(_list(described), "and")
    advice = "undo it" if len(changed) == 1 else "undo these changes"
    message = (
        f"{listed}, but in the text of a {status.name} {process.acronym}, only spelling, URLs and "
        f"markup may be fixed; {advice} or write a new {process.acronym}"
    )
    others = zip(changed[1:MAX_LISTED], described[1:MAX_LISTED], strict=True)
    related = tuple(Related(after.path, span, text) for (_old, _new, span), text in others)
    help_ = f"to replace it, start a new {process.acronym} with: fep new TITLE"
    yield Finding(changed[0][2], message, help_, related=related)


def _changed_headers(before: Proposal, after: Proposal) -> Iterator[tuple[str, str, Span]]:
    """Yield changed words of the title, and of a decision unless it is another one."""
    roles: tuple[Role, ...] = ("title",)
    if before.status == after.status:
        roles += _DECISION
    for role in roles:
        if before.field(role) is None and role not in _DECIDERS:
            continue  # what a record lacked may be added, but not who decided
        new = after.field(role)
        span = new.span(0, len(new.value)) if new else Span()
        for words, others, _span in find_changed_words(_text(before, role), _text(after, role)):
            yield words, others, span


def _text(proposal: Proposal, role: Role) -> str:
    """Return a header as readers see it: of people the names, and a version without errors."""
    field, value = proposal.field(role), proposal.value(role)
    if role in _DECIDERS and value:
        return ", ".join(person.name for person in value)
    if role == "version" and value:
        return str(value)
    return field.value if field else ""


def _changed_text(before: Proposal, after: Proposal, steps: Steps) -> list[tuple[str, str, Span]]:
    """Return changed words of the source, and then those that changed on the page only.

    If one of the texts cannot be parsed, each mark of the source may hide words.
    """
    changed = [
        *find_changed_words(before.body_text, after.body_text, steps=steps),
        *_changed_attachments(before, after, steps),
    ]
    old, new = (proposal.body for proposal in (before, after))
    if old is None or new is None or old.is_unparsable or new.is_unparsable:
        return changed or [*find_changed_words(before.body_text, after.body_text, "marks", steps)]
    known = {(words, others) for words, others, _span in changed}
    span = _first_changed_line(before, after)
    on_page = find_changed_words(old.shown_text, new.shown_text, "page", steps)
    for words, others, _span in on_page:
        if (words, others) not in known:
            changed.append((words, others, span))
    return changed


def _first_changed_line(before: Proposal, after: Proposal) -> Span:
    """Return the first line of the body that is not the same as before, or else the last."""
    old, new = ([*body_lines(proposal)] for proposal in (before, after))
    pairs = zip(old, new, strict=False)
    changed = (number for (_n, line), (number, other) in pairs if line != other)
    return line_span(after, next(changed, len(after.lines)))


def _changed_attachments(
    before: Proposal, after: Proposal, steps: Steps
) -> Iterator[tuple[str, str, Span]]:
    """Yield changed words of the files that a proposal includes, and of its pages."""
    found = find_changed_words(before.attached_text, after.attached_text, steps=steps)
    for words, others, _span in found:
        yield words, others, Span()


def _list(described: list[str]) -> list[str]:
    """Return each change once, and how many more there are."""
    counts = Counter(described)
    listed = [f"{text} ({n} times)" if n > 1 else text for text, n in counts.items()]
    rest = sum(list(counts.values())[MAX_LISTED:])
    return [*listed[:MAX_LISTED], *([plural(rest, "more change")] if rest else [])]


def _describe(old: str, new: str) -> str:
    if not old:
        return f"{quote(new)} was added"
    return f"{quote(old)} was changed to {quote(new)}" if new else f"{quote(old)} was removed"
