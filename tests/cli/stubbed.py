"""A proposal with a snippet for the stub framework, and the lock of that."""

from __future__ import annotations

FRAMEWORKS = """\
[[framework]]
key = "stub"
title = "Stub"
requires = ["stub"]
package = "stub"
python = "3.11"
docs = "https://example.org/"
"""
LOCK = f"stub==1.0 --hash=sha256:{'0' * 64}\n"
PROPOSAL = """\
FEP: 12
Title: Greetings
Author: Ada Lovelace
Status: Draft
Type: Standards Track
Created: 2026-11-01

Cross-Framework Notes
=====================

Stub
----

:Stance: similar

It greets.

.. code-block:: python
   :class: fep-check
   :name: stub-greets

   from stub import App

   app = App()
   app.route("/")(lambda: "hello")
   app.get("/")   #> 'hello'
"""
