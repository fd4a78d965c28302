from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding
from ....process.model import Process
from ....proposals.model import Proposal
from ...rule import rule


@rule("S002")
def status_folder(proposal: Proposal, process: Process) -> Iterator[Finding]:
    """The folder of a proposal says another status than its header.

    Where the folder is the status, moving the file and changing the header are one change.
    When only one of them is made, nobody can tell which is true.

    Bad::

        # final/0014-background-workers.rst
        DEP 14: Background workers
        ==========================

        :DEP: 14
        :Status: Accepted

    Good::

        # accepted/0014-background-workers.rst
        DEP 14: Background workers
        ==========================

        :DEP: 14
        :Status: Accepted
    """
    folder = (proposal.path_fields or {}).get("status")
    status, field = proposal.status, proposal.field("status")
    if not (folder and status and field) or _same(folder, status):
        return
    named = next((s.name for s in process.statuses if _same(folder, s.name)), None)
    write = f"write {named}, or move" if named else "move"
    message = (
        f"'{field.name}' is \"{status}\", but the file is in {quote(folder)}; "
        f"{write} the file to {quote(status.lower())}"
    )
    yield Finding(field.span(), message)


def _same(folder: str, status: str) -> bool:
    return folder.casefold() == status.casefold().replace(" ", "-")
