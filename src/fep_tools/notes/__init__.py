"""Notes on other frameworks: what proposals claim about them, and what their snippets showed.

Everything here but :mod:`.runner`, :mod:`.bisect` and :mod:`.lockfiles` takes values and returns
values. Those three use :mod:`fep_tools.sandbox`. :mod:`.harness` is a program of its own, which
runs inside a framework's environment.
"""
