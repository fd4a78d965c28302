from .._api import Finding, Findings, Process, Proposal, rule
from .._headers import iter_headers


@rule("H132")
def handle_missing(proposal: Proposal, process: Process) -> Findings:
    """No person in a header has a handle.

    A handle lets the editors, and the program that reviews a pull request, reach somebody. The
    process asks for one with ``handle_required``. Write it after a name, in parentheses.

    Bad::

        # fep/process.toml
        [[header]]
        name = "Champion"
        kind = "people"
        handle_required = true

        # proposals/fep-0007.rst
        Champion: Ada Lovelace, Grace Hopper

    Good::

        # fep/process.toml
        [[header]]
        name = "Champion"
        kind = "people"
        handle_required = true

        # proposals/fep-0007.rst
        Champion: Ada Lovelace (@ada), Grace Hopper
    """
    for header, field in iter_headers(proposal, process):
        people = proposal.values.get(header.key) or ()
        if header.handle_required and people and not any(person.handle for person in people):
            message = (
                f"'{header.name}' has no handle; write one after a name, as in Ada Lovelace (@ada)"
            )
            yield Finding(field.span(), message)
