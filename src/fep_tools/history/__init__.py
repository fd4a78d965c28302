"""The past: what git knows of every proposal.

Git is asked once for the whole tree; everything that follows from its answer is pure.
"""
