import re

from ....proposals.fields import pieces
from .._api import Finding, Findings, Process, Proposal, quote, rule
from .._headers import iter_headers

_MAIL = r"[\w!#$%&'*+/=?^{|}~.-]+(?:@| at )[\w.-]+\.[A-Za-z0-9]+"
_PERSON = re.compile(r"(?P<name>[^<>]*?)(?:\s*<(?P<mail>[^<>]*)>)?")
# Letters of any script, with their marks; "Ada King-Noel", "Charles d'Ormesson", "A. Lovelace, Jr."
_NAME = re.compile(r"(?:[^\W\d_]|[\u0300-\u036f\u00b7\u200c\u200d .,'\u2019-])+")


@rule("H133", affects_page=False)
def person_form(proposal: Proposal, process: Process) -> Findings:
    """Person is not written as a plain name with an address after it.

    Some communities accept ``Name`` and ``Name <mail>`` only, without digits, underscores or
    remarks in parentheses, and with a domain that ends in ASCII letters: their programs read
    no other form. The process says so with ``plain_names``.

    Bad::

        PEP: 7
        Title: Style Guide for C Code
        Author: ada@example.org (Ada)

    Good::

        PEP: 7
        Title: Style Guide for C Code
        Author: Ada <ada@example.org>
    """
    for header, field in iter_headers(proposal, process):
        if not header.plain_names:
            continue
        # What header-person reports is no person at all.
        unread = [m for m in proposal.mistakes.get(header.key, ()) if m.rule == "header-person"]
        for piece in pieces(field.value, header.separator):
            if any(piece.start <= mistake.start <= piece.end for mistake in unread):
                continue
            match = _PERSON.fullmatch(piece.text)
            name, mail = (match["name"], match["mail"]) if match else ("", None)
            span = field.span(piece.start, piece.end)
            if not _NAME.fullmatch(name):
                message = f"has {quote(piece.text)}; write Name or Name <mail>, with letters only"
                yield Finding(span, f"'{header.name}' {message}")
            elif mail is not None and not re.fullmatch(_MAIL, mail):
                message = f"has the address {quote(mail)}; write one whose domain ends in letters"
                yield Finding(span, f"'{header.name}' {message}, such as python.org")
