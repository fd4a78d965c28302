import re

from .._api import Finding, Findings, Process, Proposal, quote, rule
from .._headers import iter_headers


@rule("H131")
def header_words(proposal: Proposal, process: Process) -> Findings:
    """Header has a word that the process does not accept there.

    A title such as "Standard for views: a proposal" says nothing that the headers do not say
    already. The process lists such words and signs in ``refused_words`` of a header. Leave them
    out.

    Bad::

        # fep/process.toml
        [[header]]
        name = "Subtitle"
        kind = "text"
        refused_words = ["standard", ":"]

        # proposals/fep-0007.rst
        Subtitle: A standard for views

    Good::

        # fep/process.toml
        [[header]]
        name = "Subtitle"
        kind = "text"
        refused_words = ["standard", ":"]

        # proposals/fep-0007.rst
        Subtitle: Views with types
    """
    for header, field in iter_headers(proposal, process):
        for word in header.refused_words:
            # A whole word, but a sign such as ":" anywhere.
            before, after = (r"\b" if edge.isalnum() else "" for edge in (word[:1], word[-1:]))
            pattern = rf"{before}{re.escape(word)}{after}"
            for match in re.finditer(pattern, field.value, re.IGNORECASE) if word else ():
                message = f"'{header.name}' has {quote(match[0])}; leave it out"
                yield Finding(field.span(match.start(), match.end()), message)
