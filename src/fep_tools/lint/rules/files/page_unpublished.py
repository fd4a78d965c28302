from ....proposals.page_files import clashing_pages
from .._api import Corpus, Finding, Findings, Process, quote, rule, Severity, Span


@rule("C023", severity=Severity.WARNING, affects_page=True)
def page_unpublished(corpus: Corpus, process: Process) -> Findings:
    """File in a directory of pages is not published.

    The table ``[[pages]]`` of the process file makes pages of the texts in a directory. Readers
    cannot see a file there that is neither a page nor named by one, such as a PDF file that no
    page links to. Link to it from a page, move it, or set ``files`` in that table to a pattern
    of the names of pages. Files that begin with a dot are not meant to be published.

    Bad::

        # fep/process.toml
        [[pages]]
        directory = "guides"
        path = "guides"

        # guides/review.rst
        How reviews work.

        # guides/reviews.csv
        1,2

    Good::

        # fep/process.toml
        [[pages]]
        directory = "guides"
        path = "guides"

        # guides/review.rst
        How reviews work, in numbers: :download:`reviews.csv`.

        # guides/reviews.csv
        1,2
    """
    for path, problem in corpus.page_files.items():
        if problem:
            message = f"{quote(path)} is not published: it {problem}"
            help_ = "link to it from a page, move it, or set 'files' of [[pages]] in the process"
            yield Finding(Span(), message, help_, path=path)
    for path, other in clashing_pages(corpus, process).items():
        message = f"{quote(path)} is not published: {quote(other)} has the same URL; rename it"
        yield Finding(Span(), message, path=path)
