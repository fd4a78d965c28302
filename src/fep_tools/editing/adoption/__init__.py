"""Infer a process file from the proposals that a community has, and from their history.

:mod:`.paths` finds the proposals, :mod:`.dialects` and :mod:`.headers` their headers,
:mod:`.statuses` the statuses and the transitions between them, and :mod:`.sections` the sections
of their bodies;
:mod:`.infer` puts these together. Everything that is inferred has its evidence in a comment.
"""
