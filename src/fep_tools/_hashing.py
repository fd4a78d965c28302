"""BLAKE2, without what :mod:`hashlib` loads beside it.

That module loads all of OpenSSL first, which takes a tenth of the time of checking one file,
and then hands out this very function (CPython, ``Lib/hashlib.py``).
"""

from __future__ import annotations

try:
    from _blake2 import blake2b
except ImportError:  # pragma: no cover - a Python that is built otherwise
    from hashlib import blake2b

__all__ = ["blake2b"]
