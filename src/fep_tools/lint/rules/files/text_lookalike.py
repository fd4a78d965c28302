import re

from .._api import Corpus, Edit, Finding, Findings, Proposal, quote, rule, Severity, Span
from .._confusables import find_confusables
from .._lines import body_lines
from .._title_links import anchor_link_help

_LABEL = re.compile(r"\s*\.\. _`?(?P<name>.+?)`?:(?:\s|$)")
_UNDERLINE = re.compile(r"([!-/:-@\[-`{-~])\1+\s*$")


@rule("C012", severity=Severity.WARNING, fixable=True)
def text_lookalike(proposal: Proposal, corpus: Corpus) -> Findings:
    r"""Word in the text mixes look-alike letters of two scripts.

    A Cyrillic or Greek letter can look exactly like a Latin one. A search does not find a
    word that contains one, and copied code does not run. Replace the letter; words written in
    a single script are fine.

    Bad::

        FEP: 7
        Title: Typed views

        Call \u0430bort to end the request.

    Good::

        FEP: 7
        Title: Typed views

        Call abort to end the request.
    """
    if proposal.text.isascii() or proposal.refusal is not None:
        return
    linked = _find_linked(proposal, corpus)
    for number, line in body_lines(proposal):
        for word in find_confusables(line):
            span = Span(number, word.start + 1, number, word.end + 1)
            message = f"{quote(word.word)} contains {word.foreign_letter}; write {word.latin}"
            help_ = linked.get(word.word, "")
            edits = () if help_ else (Edit(span, word.latin),)
            yield Finding(span, message, help_, edits)


def _find_linked(proposal: Proposal, corpus: Corpus) -> dict[str, str]:
    """Return the words in titles and labels that a URL links to, each with what to do.

    Such a word is left alone everywhere: links by title or by label have the same word.
    """
    linked: dict[str, str] = {}
    for number, line in body_lines(proposal):
        words = [word.word for word in find_confusables(line)]
        following = proposal.lines[number] if words and number < len(proposal.lines) else ""
        label = _LABEL.match(line) if words else None
        if words and (label or _UNDERLINE.match(following)):
            name = label["name"] if label else line
            if help_ := anchor_link_help(proposal, name, corpus):
                linked |= dict.fromkeys(words, help_)
    return linked
