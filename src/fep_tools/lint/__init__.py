"""Rules, and the engine that runs them over proposals.

A rule is one function in one file of :mod:`fep_tools.lint.rules`. It gets values, reads no
file, and yields findings; it never raises.
"""
