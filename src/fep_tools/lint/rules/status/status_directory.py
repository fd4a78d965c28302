from .._api import Finding, Findings, Process, Proposal, quote, rule


@rule("S002")
def status_directory(proposal: Proposal, process: Process) -> Findings:
    """Directory does not match the status.

    If directories stand for statuses, a status change moves the file and changes the header
    together. When only one of the two was done, readers cannot tell which is right. Change
    the header, or move the file.

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
    directory = (proposal.path_fields or {}).get("status")
    status, field = process.status(proposal.status), proposal.field("status")
    if not (directory and status and field) or directory.casefold() == status.directory:
        return
    meant = next((s.name for s in process.statuses if directory.casefold() == s.directory), None)
    write = f"write {meant}, or move" if meant else "move"
    message = (
        f"'{field.name}' is \"{status.name}\", but the file is in {quote(directory)}; "
        f"{write} the file to {quote(status.directory)}"
    )
    yield Finding(field.span(), message)
