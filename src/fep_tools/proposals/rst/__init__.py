"""Bodies as docutils parses them. Only this package and ``site/`` import docutils.

This module imports nothing, so that those who need only :mod:`.allowlist` do not load docutils.
"""
