from ....process.titles import section_number
from .._api import Corpus, Finding, Findings, Process, Proposal, quote, rule, Severity
from .._title_links import title_link_help
from ._helpers import find_misnamed_sections, retitle_edits


@rule("B014", severity=Severity.WARNING, fixable=True, affects_page=False)
def section_title(proposal: Proposal, process: Process, corpus: Corpus) -> Findings:
    """Section title differs from its standard title.

    Readers and programs look for sections by their titles. Use the title from the process,
    letter by letter. There is no fix if something links to the title: change the links, too.

    Bad::

        Type: Standards Track

        Backward compatibility
        ----------------------

        Nothing breaks.

    Good::

        Type: Standards Track

        Backwards Compatibility
        -----------------------

        Nothing breaks.
    """
    for heading, title in find_misnamed_sections(proposal, process):
        line = heading.location.line
        number = section_number(proposal.lines[line - 1].strip())
        help_ = title_link_help(proposal, line, corpus)
        edits = () if help_ else retitle_edits(proposal, line, f"{number}{title}")
        message = f"the section is called {quote(heading.title)}; write {quote(title)}"
        yield Finding(heading.location.span, message, help_, edits)
