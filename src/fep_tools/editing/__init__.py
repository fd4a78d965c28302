"""Changes to a repository: new repositories and proposals, status transitions, renumbering.

Each module plans a change as new texts by path, which nothing has written yet, and writes it in
a function of its own. Files are written whole or not at all (see docs/security.rst,
*sec-writing*).
"""
