from ....proposals.body import Link
from .._api import Edit, Finding, Findings, Process, Proposal, rule, Severity
from ._helpers import get_body, role_edits, source_text
from ._links import Reference, reference_for_url, role_label


@rule("B020", severity=Severity.WARNING, fixable=True, affects_page=False, markdown="off")
def link_bare(proposal: Proposal, process: Process) -> Findings:
    """URL can be written as a role.

    A role still works when the URL of the site changes, shows the title of the target, and
    works in every output format. Use the role instead of the URL.

    Bad::

        This follows `the type hints <https://peps.python.org/pep-0484/>`__.

    Good::

        This follows :pep:`the type hints <484>`.
    """
    for link in get_body(proposal).links:
        reference = None if link.role else reference_for_url(link.target, process)
        if reference:
            role = _format_role(link, reference, process)
            edits = _edits(link, role, proposal)
            yield Finding(link.location.span, f"use {role} instead of the URL", edits=edits)


def _format_role(link: Link, reference: Reference, process: Process) -> str:
    """Return the role, with the text of the link unless the role shows the same by itself."""
    text = " ".join(link.text.split())
    standard = f"{role_label(reference.role, process)} {reference.number}"
    return reference.format("" if text in (link.target, standard) else text)


def _edits(link: Link, role: str, proposal: Proposal) -> tuple[Edit, ...]:
    """Return the edit that replaces the link, if the role can be in its place.

    It can replace a URL in the text, and a link such as ```PEP 8 <https://...>`__``.
    """
    source = source_text(proposal, link.location)
    is_url = source == link.target
    # Another link may refer to this one by its text: "`style`_".
    is_used = f"`{link.text}`_" in proposal.text
    is_inline = source.startswith("`") and source.endswith("_") and not is_used
    can_replace = (is_url or is_inline) and "\\" not in source
    return role_edits(proposal, link.location, role) if can_replace else ()
