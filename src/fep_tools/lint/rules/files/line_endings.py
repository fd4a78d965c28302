from .._api import Edit, Finding, Findings, plural, Proposal, rule, Severity, Span


@rule("C009", severity=Severity.WARNING, fixable=True)
def line_endings(proposal: Proposal) -> Findings:
    r"""Line does not end with a single line feed.

    Other line endings make every line differ in a diff. If the last line has no line ending,
    it changes whenever a line is added after it. Save the file with LF line endings.

    Bad::

        FEP: 7
        Title: Typed views\u000d
        Status: Draft\u000d

    Good::

        FEP: 7
        Title: Typed views
        Status: Draft
    """
    is_sound = "\r" not in proposal.text and proposal.text.endswith("\n")
    if is_sound or proposal.refusal is not None:
        return
    lines = proposal.text.split("\n")
    wrong = [number for number, line in enumerate(lines, start=1) if line.endswith("\r")]
    if wrong:
        ends = [Span(n, len(lines[n - 1]), n, len(lines[n - 1]) + 1) for n in wrong]
        verb = "ends" if len(wrong) == 1 else "end"
        message = f"{plural(len(wrong), 'line')} {verb} with CR LF; use LF"
        yield Finding(ends[0], message, edits=tuple(Edit(end, "") for end in ends))
    if lines[-1]:
        end = Span(len(lines), len(lines[-1]) + 1)
        message = "the last line does not end with a line feed; add one"
        yield Finding(end, message, edits=(Edit(end, "\n"),))
