from .._api import Corpus, Finding, Findings, quote, Related, rule, Span
from ._helpers import fold_path


@rule("C006")
def path_clash(corpus: Corpus) -> Findings:
    """File name is the same as another one on some systems.

    On macOS and Windows, upper and lower case usually do not distinguish two file names. A
    clone there contains only one of the two files. Rename one of them.

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
    first_paths: dict[str, str] = {}
    for proposal in corpus:
        first = first_paths.setdefault(fold_path(proposal.path), proposal.path)
        if first != proposal.path:
            message = f"on some systems, this is the same file name as {quote(first)}; rename one"
            related = (Related(first, Span(), "the other file"),)
            yield Finding(Span(), message, related=related, path=proposal.path)
