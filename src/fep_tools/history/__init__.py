"""The history of every proposal, computed from git.

Git is asked a fixed number of questions for the whole repository. What follows from its answers
is computed without files or processes.
"""
