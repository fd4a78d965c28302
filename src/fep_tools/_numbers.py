"""The numbers of proposals.

Communities that number by issue or pull request are past 9999: Go's proposal 43651. Eight digits
are a date, as in ``20250303-views.rst``.
"""

from __future__ import annotations

import re

MAX_DIGITS = 7

MAX_NUMBER = 10**MAX_DIGITS - 1
"""The highest number of a proposal."""

NUMBER = rf"[0-9]{{1,{MAX_DIGITS}}}"
"""A regular expression for a number in text, which may have leading zeros."""

WRITTEN = rf"{NUMBER}(?:[a-z]|(?:\.[0-9]{{1,3}})+)"
"""A regular expression for a number that is not whole: ``22a`` or ``7.1``."""

PLACEHOLDER = 9999
"""The number of drafts that have none yet, by a habit of the PEPs: ``pep-9999.rst``."""


def digits_pattern(width: int) -> str:
    """Return a regular expression for a number that is padded to *width* digits.

    Of four digits: ``0007`` and ``43651``, but not ``7`` or ``00007``.
    """
    longer = rf"|[1-9][0-9]{{{width},{MAX_DIGITS - 1}}}" if width < MAX_DIGITS else ""
    return rf"(?:[0-9]{{{width}}}{longer})"


def numeral_key(numeral: str) -> tuple[tuple[int, str], ...]:
    """Return a key that sorts written numbers by value: 7, 7.1, 7.10, 22 and 22a."""
    parts = re.findall(r"([0-9]+)([a-z]?)", numeral)
    return tuple((int(digits), letter) for digits, letter in parts)
