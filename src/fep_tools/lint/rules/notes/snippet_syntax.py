import sys

from ....notes.model import MAX_SNIPPET_LENGTH
from ....notes.store import NoteStore
from .._api import Finding, Findings, Proposal, rule
from .._lines import line_span
from ._helpers import describe


@rule("N027")
def snippet_syntax(proposal: Proposal, notes: NoteStore) -> Findings:
    """Snippet is not valid Python.

    It could not be run. The message is Python's own, with the line of the proposal. A snippet
    whose framework runs on a newer Python than this one is left to ``fep notes run``.

    Bad::

        # fixture: a note on Sanic

        .. code-block:: python
           :class: fep-check
           :name: sanic-view

           from sanic import Sanic

           Sanic("demo".name   #> 'demo'

    Good::

        # fixture: a note on Sanic

        .. code-block:: python
           :class: fep-check
           :name: sanic-view

           from sanic import Sanic

           Sanic("demo").name   #> 'demo'
    """
    for note in notes.notes(proposal.body):
        framework = notes.frameworks.by_key.get(note.framework)
        if framework is not None and _version(framework.python) > sys.version_info[:2]:
            continue
        for snippet in note.snippets:
            error = snippet.syntax_error if len(snippet.text) <= MAX_SNIPPET_LENGTH else None
            if error is not None:
                message = f"{describe(snippet)} does not parse: {error.message}"
                yield Finding(line_span(proposal, snippet.line(error.line)), message)


def _version(python: str) -> tuple[int, ...]:
    return tuple(int(part) for part in python.split(".") if part.isdecimal())
