import unicodedata
from collections.abc import Iterator

from ...._text import BLANKS, line_starts
from .._api import Edit, Finding, Findings, plural, Proposal, rule, Severity, Span

# Control characters have no name in Unicode, but a usual one.
_NAMES = {"\v": "LINE TABULATION", "\f": "FORM FEED", "\x85": "NEXT LINE"}


@rule("C009", severity=Severity.WARNING, fixable=True)
def line_endings(proposal: Proposal) -> Findings:
    r"""Line does not end with a single line feed.

    Other line endings make every line differ in a diff. If the last line has no line ending,
    it changes whenever a line is added after it. Some programs also begin a new line at a form
    feed or a line separator, so that their line numbers are not those of git. Save the file with
    LF line endings, and write spaces inside of lines.

    Bad::

        FEP: 7
        Title: Typed views\u000d
        Status: Draft\u000d

    Good::

        Status: Draft
    """
    if proposal.refusal is not None:
        return
    yield from _find_carriage_returns(proposal)
    yield from _find_blanks(proposal)
    last = proposal.lines[-1]
    if last:
        end = Span(len(proposal.lines), len(last) + 1)
        message = "the last line does not end with a line feed; add one"
        yield Finding(end, message, edits=(Edit(end, "\n"),))


def _find_carriage_returns(proposal: Proposal) -> Iterator[Finding]:
    """Yield a finding for the lines that end with CR LF, and one for those with CR alone."""
    if "\r" not in proposal.text:
        return
    ends: dict[str, list[Span]] = {"\r\n": [], "\r": [], "\n": []}
    starts = line_starts(proposal.text)
    for number, (line, start) in enumerate(zip(proposal.lines, starts[1:], strict=False), start=1):
        end = proposal.text[starts[number - 1] + len(line) : start]
        ends[end].append(Span(number, len(line) + 1, number + 1, 1))
    for name, spans in (("CR LF", ends["\r\n"]), ("CR", ends["\r"])):
        if spans:
            verb = "ends" if len(spans) == 1 else "end"
            message = f"{plural(len(spans), 'line')} {verb} with {name}; use LF"
            yield Finding(spans[0], message, edits=tuple(Edit(span, "\n") for span in spans))


def _find_blanks(proposal: Proposal) -> Iterator[Finding]:
    """Yield a finding for each line with white space in it that may end a line.

    At the end of a line, it is reported by trailing-blanks.
    """
    if not any(blank in proposal.text for blank in BLANKS):
        return
    for number, line in enumerate(proposal.lines, start=1):
        text = line.rstrip()
        columns = [n for n, character in enumerate(text, start=1) if character in BLANKS]
        if columns:
            spans = [Span(number, column, number, column + 1) for column in columns]
            message = f"the line has {_describe(text[columns[0] - 1])} in it; write a space"
            yield Finding(spans[0], message, edits=tuple(Edit(span, " ") for span in spans))


def _describe(blank: str) -> str:
    name = _NAMES.get(blank) or unicodedata.name(blank, "a control character")
    return f"U+{ord(blank):04X} ({name})"
