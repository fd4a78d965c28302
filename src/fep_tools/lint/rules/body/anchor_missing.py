from .._api import Finding, Findings, Proposal, quote, rule, Severity, Suggestions
from ._helpers import get_body


@rule("B042", severity=Severity.WARNING)
def anchor_missing(proposal: Proposal) -> Findings:
    """Link leads to an anchor that the page does not have.

    A link to ``#name`` is a link inside the page. Readers who follow it stay where they are.
    The section was renamed, or its name is misspelled; it is the title in lower case, with
    hyphens for blanks. A link to the title itself, as in ```Rationale`_``, is checked when the
    text is parsed.

    Bad::

        See `why <#rationle>`__.

        Rationale
        =========

        Types are known.

    Good::

        See `why <#rationale>`__.

        Rationale
        =========

        Types are known.
    """
    body, suggestions = get_body(proposal), Suggestions()
    for link in body.links:
        fragment = link.target.removeprefix("#")
        if link.role or fragment == link.target or body.has_anchor(fragment):
            continue
        meant = suggestions.closest(fragment, body.anchors)
        advice = f"did you mean {quote('#' + meant)}?" if meant else "use the name of a section"
        message = f"the page has no anchor {quote(link.target)}; {advice}"
        yield Finding(link.location.span, message)
