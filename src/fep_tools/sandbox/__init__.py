"""Run untrusted programs, isolated and within limits (docs/security.rst, *sec-sandbox*).

:mod:`.environments` makes virtual environments with uv, :mod:`.isolation` wraps a command in
bubblewrap, and :mod:`.runner` runs it. None of them knows what the program is for.
"""
