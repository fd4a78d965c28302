"""Extensions of the project: their state, and whom a proposal affects.

:mod:`.index` is the only module that opens connections. What it downloads is read in memory by
:mod:`.archives`, and never built, imported or run.
"""
