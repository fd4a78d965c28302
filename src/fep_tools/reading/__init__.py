"""From disk: which files there are, their bytes, their bodies, and what is remembered of them.

The only place that opens a proposal. Nothing outside the root is opened, no link is followed,
and a body is read in a process of its own, with limits.
"""
