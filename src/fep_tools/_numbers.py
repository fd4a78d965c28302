"""The numbers of proposals.

Communities that number by issue or pull request are past 9999: Go's proposal 43651. Eight digits
are a date, as in ``20250303-views.rst``.
"""

from __future__ import annotations

MAX_DIGITS = 7

MAX_NUMBER = 10**MAX_DIGITS - 1
"""The highest number of a proposal."""

NUMBER = rf"[0-9]{{1,{MAX_DIGITS}}}"
"""A regular expression for a number in text, which may have leading zeros."""

PLACEHOLDER = 9999
"""The number of drafts that have none yet, by a habit of the PEPs: ``pep-9999.rst``."""


def digits_pattern(width: int) -> str:
    """Return a regular expression for a number that is padded to *width* digits.

    Of four digits: ``0007`` and ``43651``, but not ``7`` or ``00007``.
    """
    longer = rf"|[1-9][0-9]{{{width},{MAX_DIGITS - 1}}}" if width < MAX_DIGITS else ""
    return rf"(?:[0-9]{{{width}}}{longer})"
