r"""Formulas: LaTeX, as browsers show it as MathML, and as the check judges it.

Docutils converts LaTeX to MathML. It knows no environment that stands outside of formulas in LaTeX
itself, such as ``\begin{align}``; those are written as the one inside of formulas.
"""

from __future__ import annotations

import re

from docutils.utils.math import MathError
from docutils.utils.math.latex2mathml import tex2mathml

MAX_FORMULA_LENGTH = 2000
"""Characters. Longer formulas are shown as LaTeX, as they could take docutils very long."""

# "\begin{align*}", "\end{split}"
_ENVIRONMENT = re.compile(
    r"\\(begin|end)\{(?:align|alignat|eqnarray|equation|flalign|gather|gathered|multline|split)\*?\}"
)

# Docutils takes the text of "\text{\input{x}}" and the length of "\hspace{\input{x}}" as they are:
# readers would see the command, and LaTeX would obey it.
_COMMAND = re.compile(r"\\[a-zA-Z@]+")

_PAIRS = (("{", "}"), (r"\left", r"\right"), (r"\begin", r"\end"))


class FormulaError(ValueError):
    """A formula that cannot be shown, with the end of a sentence that says why."""


def to_mathml(source: str, *, as_block: bool) -> str:
    """Return a formula as MathML.

    :raises FormulaError: It cannot be converted.
    """
    if not source.strip():
        raise FormulaError("is empty")
    if len(source) > MAX_FORMULA_LENGTH:
        raise FormulaError(f"is longer than {MAX_FORMULA_LENGTH:,} characters")
    if "^^" in source:  # "^^5c" is a backslash in LaTeX
        raise FormulaError("has ^^, which LaTeX does not take; write ^ once")
    # Docutils takes both inside of "\text{}". LaTeX skips what follows "%" on the line, which may
    # be much of the paragraph, and "#" is an error.
    if bare := re.search(r"[%#]", re.sub(r"\\.", "", source, flags=re.DOTALL)):
        advice = f"write \\{bare[0]} outside of \\text{{}}"
        raise FormulaError(f"has {bare[0]}, which LaTeX does not show; {advice}")
    if mark := _unpaired(source):
        raise FormulaError(f"has {mark} without its counterpart")
    try:
        converted: str = tex2mathml(_ENVIRONMENT.sub(r"\\\1{aligned}", source), as_block)
    except MathError as error:
        reason = str(error).rstrip(".!")  # Unknown LaTeX command "\foo".
        raise FormulaError(f"cannot be converted: {reason[:1].lower()}{reason[1:]}") from None
    except Exception:  # docutils raises several kinds of errors for formulas that it cannot read
        raise FormulaError("cannot be converted: a part of it is missing, or is too much") from None
    if command := _COMMAND.search(converted):
        raise FormulaError(f"has {command[0]} where text or a length is expected")
    return converted


def _unpaired(source: str) -> str:
    """Return a mark that opens or closes something only once, or ``""``; docutils takes both."""
    text = re.sub(r"\\[^a-zA-Z]", "", source)  # "\{" is a brace of the formula itself
    for opening, closing in _PAIRS:
        # Not "\leftarrow" for "\left".
        end = "(?![a-zA-Z])" if opening[0] == "\\" else ""
        opened, closed = (
            len(re.findall(re.escape(mark) + end, text)) for mark in (opening, closing)
        )
        if opened != closed:
            return opening if opened > closed else closing
    return ""


def formula_problem(source: str) -> str:
    """Return why a formula cannot be shown, as the end of a sentence, or ``""``."""
    try:
        to_mathml(source, as_block=True)
    except FormulaError as error:
        return str(error)
    return ""
