"""Drafts to check, two good and one with a finding, and the type of the fixture ``run``."""

from __future__ import annotations

from collections.abc import Callable

CC0 = (
    "This document is placed in the public domain or under the CC0-1.0-Universal license,\n"
    "whichever is more permissive."
)
GOOD = f"""\
FEP: {{n}}
Title: Title {{n}}
Author: Ada Lovelace
Status: Draft
Type: Process
Topic: Core
Created: 2026-01-02

Copyright
=========

{CC0}
"""
TYPED_VIEWS = """\
FEP: 7
Title: Typed views
Author: Ada Lovelace
Status: Draft
Type: Process
Created: 2026-01-02

Abstract
========

Views should have types.
"""
BAD = GOOD.replace("2026-01-02", "2 January 2026")

Run = Callable[..., tuple[int, str, str]]
