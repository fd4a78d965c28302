"""Notes on other frameworks: what they claim, and what running their snippets has shown.

Values in, values out. What runs snippets is :mod:`fep_tools.sandbox`; here nothing is run,
but :mod:`fep_tools.notes.harness`, which is a program for the framework's own environment.
"""
