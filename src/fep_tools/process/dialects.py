"""How a header is written in each dialect."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from .schema import Dialect


class HeaderForm(NamedTuple):
    """How a header is written.

    :param before: what stands before its name.
    :param colon: what stands after its name.
    :param blank_lines: how many blank lines are between two headers.
    :param indent: what its second and later lines begin with.
    """

    before: str = ""
    colon: str = ":"
    blank_lines: int = 0
    indent: str = " " * 4

    def line(self, name: str, value: str) -> str:
        """Return the line of a header, without its end."""
        return f"{self.before}{name}{self.colon} {value}"


FORMS: dict[Dialect, HeaderForm] = {
    "rfc2822": HeaderForm(),
    "field-list": HeaderForm(before=":"),
    "directives": HeaderForm(before=".. ", colon="::"),
    "paragraphs": HeaderForm(blank_lines=1, indent=""),
    "yaml": HeaderForm(),
    "bullet-list": HeaderForm(before="- ", indent="  "),
    "code-block": HeaderForm(),
}


def header_block(
    dialect: Dialect, headers: Sequence[str], *, fenced: bool = False, is_markdown: bool = False
) -> str:
    """Return lines of headers as a block, with the fence or the mark that it has.

    :param fenced: whether headers of ``rfc2822`` are between two lines of ``---``
    """
    if dialect == "code-block" and not is_markdown:
        return "\n".join(("::", "", *(f"    {line}" for line in headers)))
    fence = ["---"] if fenced or dialect == "yaml" else []
    fence = ["```"] if dialect == "code-block" else fence
    return ("\n" * (1 + FORMS[dialect].blank_lines)).join([*fence, *headers, *fence])
