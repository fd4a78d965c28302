"""Judgement: rules over proposals.

A rule is one function in one file of :mod:`fep_tools.lint.rules`. It sees values, never the
world, and yields findings, never exceptions.
"""
