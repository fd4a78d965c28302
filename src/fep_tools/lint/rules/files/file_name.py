import re

from .._api import Corpus, Finding, Findings, is_utf8, NUMBER, Process, Proposal, quote, rule, Span
from .._headers import free_number
from ._helpers import is_standard_input, suggest_path

_NUMBER_IN_NAME = re.compile(rf"(?<![0-9]){NUMBER}(?![0-9])")

# "22a" in "ms-rfc-22a.txt", and "7.1" in "ms-rfc-7.1.txt"
_PART_OF_NUMBER = re.compile(r"(?<![0-9A-Za-z.])[0-9]{1,7}(?:[a-z]|\.[0-9]+)(?![0-9A-Za-z])")


@rule("C004")
def file_name(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """File name does not match the pattern for proposals.

    URLs and links are made from the file name, and readers see the number before they open
    the file. A name that is not UTF-8 cannot be part of a URL. Rename the file. If it is not a
    proposal, move it to another directory.

    Bad::

        # proposals/typed-views.rst
        FEP: 7
        Title: Typed views

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views
    """
    if is_standard_input(proposal.path) or proposal.refusal:
        return
    if (proposal.path_fields or proposal.written_number) and is_utf8(proposal.path):
        return
    number = proposal.number
    # Without a header, a number in the name will do: 7 in "draft/7-views.md", but not a year
    # with more digits around it, such as in "20250303-views.rst".
    if number is None and (digits := _NUMBER_IN_NAME.search(proposal.path)):
        number = int(digits[0])
    path = "" if number is None else suggest_path(proposal.path, number, process)
    advice = f"rename it to {quote(path)}"
    if not path or path in corpus.by_path:
        path = suggest_path(proposal.path, free_number(corpus, process), process)
        advice = f"rename it, for example to {quote(path)}"
    pattern = process.files.readable_pattern
    if not is_utf8(proposal.path):
        # Archives and shared folders of other systems may have names in another encoding.
        yield Finding(Span(), f"the file name {quote(proposal.path)} is not UTF-8; {advice}")
        return
    message = f"{quote(proposal.path)} is not the path of a proposal, such as {pattern}; {advice}"
    part = _PART_OF_NUMBER.search(proposal.path.rpartition("/")[2])
    if part and proposal.number is None:
        message = f"the number {quote(part[0])} in the name is not a whole number; {advice}"
    yield Finding(Span(), message)
