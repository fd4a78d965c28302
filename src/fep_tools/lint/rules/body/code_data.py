import json
import tomllib

from ....proposals.body import CodeBlock
from .._api import Finding, Findings, Proposal, rule, Severity, Span
from ._helpers import get_body

MAX_LENGTH = 10_000
"""The longest block that is parsed: Python's parser of TOML is slow for crafted text."""


@rule("B075", severity=Severity.STYLE)
def code_data(proposal: Proposal) -> Findings:
    """Block of JSON or TOML is not valid.

    Readers copy such examples into their files, and programs test them. Correct the example, or
    mark it as ``text`` if it is only a sketch.

    Bad::

        .. code-block:: json

           {"type": "view",}

    Good::

        .. code-block:: json

           {"type": "view"}
    """
    for block in get_body(proposal).code_blocks:
        if problem := _problem(block):
            what, line = problem
            number = min(block.first_line + line - 1, len(proposal.lines))
            text = proposal.lines[number - 1]
            span = Span(number, len(text) - len(text.lstrip()) + 1, number, len(text) + 1)
            message = f"{block.language.upper()} cannot be parsed: {what}; correct it"
            yield Finding(span, message)


def _problem(block: CodeBlock) -> tuple[str, int] | None:
    """Return why a block cannot be parsed, and its line in the block, if it is so."""
    if len(block.text) > MAX_LENGTH:
        return None
    try:
        if block.language.lower() == "json":
            json.loads(block.text)
        elif block.language.lower() == "toml":
            tomllib.loads(block.text)
    except json.JSONDecodeError as error:
        return error.msg[:1].lower() + error.msg[1:], error.lineno
    except tomllib.TOMLDecodeError as error:
        # "Invalid value (at line 1, column 5)", or "(at end of document)"
        reason, _, position = str(error).partition(" (at ")
        digits = "".join(filter(str.isdigit, position.partition(",")[0]))
        return reason[:1].lower() + reason[1:], int(digits or block.text.count("\n") + 1)
    except (ValueError, RecursionError):
        return "it is nested too deeply, or has a number that is too long", 1
    return None
