from ....proposals.rst.allowlist import names_source
from .._api import Corpus, Finding, Findings, Process, Proposal, quote, rule, safe, Severity
from ._helpers import get_body
from ._links import Reference


@rule("B043", severity=Severity.WARNING, markdown="off")
def link_source(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Link leads to a source file.

    It works where the repository is browsed, as on GitHub, but the site has pages instead of
    such files. Link another proposal by its number, and other files by their URL.

    Bad::

        This builds on `typed requests <fep-0012.rst>`__.

    Good::

        This builds on `typed requests <https://example.org/12>`__.
    """
    role = process.acronym.lower()
    for link in get_body(proposal).links:
        if link.role or not names_source(link.target):
            continue
        path, _hash, fragment = link.target.partition("#")
        number = corpus.numbers_by_name.get(path.rpartition("/")[2])
        advice = "write the URL at which readers find it"
        if number is not None:
            advice = f"write {safe(Reference(role, number, fragment).format())}"
        message = f"the site has no file {quote(link.target)}; {advice}"
        yield Finding(link.location.span, message)
