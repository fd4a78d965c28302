"""Notes on other frameworks: what proposals claim about them, and what their snippets showed.

Everything here takes values and returns values, but :mod:`.runner`, :mod:`.jobs`, :mod:`.bisect`
and :mod:`.lockfiles`, which use :mod:`fep_tools.sandbox`. :mod:`.harness` is a program of its own,
which runs inside a framework's environment.
"""
