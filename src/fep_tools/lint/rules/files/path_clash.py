from collections.abc import Iterator

from ...._text import quote
from ....diagnostics import Finding, Related, Span
from ....proposals.model import Corpus
from ...rule import rule
from ._helpers import folded


@rule("C006")
def path_clash(corpus: Corpus) -> Iterator[Finding]:
    """Two files have names that are the same on some systems.

    Where upper and lower case are not told apart, as is usual on macOS and Windows, a
    checkout has only one of the two.

    Bad::

        # proposals/FEP-0007.rst
        FEP: 7
        Title: Typed views

        # proposals/fep-0007.rst
        FEP: 7
        Title: Nested blueprints

    Good::

        # proposals/fep-0007.rst
        FEP: 7
        Title: Typed views

        # proposals/fep-0008.rst
        FEP: 8
        Title: Nested blueprints
    """
    known: dict[str, str] = {}
    for proposal in corpus:
        first = known.setdefault(folded(proposal.path), proposal.path)
        if first != proposal.path:
            message = f"the file's name is the same as {quote(first)} on some systems; rename one"
            related = (Related(first, Span(), "the other file"),)
            yield Finding(Span(), message, related=related, path=proposal.path)
