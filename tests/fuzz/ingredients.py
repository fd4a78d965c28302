"""Parts of texts that programs get wrong."""

STRANGE = (
    "\t", "\r", "\f", "\v", "\x85", "\u2028", "\u00a0", "\u3000", "\u202e", "\u2066", "\u200b",
    "\u200d", "\ufeff", "\u0301", "\u0430", "\U000e0041", "\0", "\x1b[31m", "\ud800", "\udc9b",
    "日本", "\U0001f600", "ſ", "ı", "İ", "ß", "٣", "²", "½", "\u1e9e", "ﬃ",
    "9" * 30, "9" * 5000, "x" * 3000, "-1", "0", "00", "0000-00-00", "9999-12-31", "2026-02-30",
    "10000-01-01", "1e999", "NaN", "null", "true", "''", '""', "[[", "{", "}" * 3, "[" * 200,
    "../", "/", "\\", "%", "%s", "{0}", "::", ":", "- ", "* ", "| ", "> ", "#", "##[x]", "<<<<<<<",
    "---", "===", "```", "``", "`", "|x|", "[1]_", "_", "__", "<b>", "<!--", "&amp;", "&#0;", "]]>",
)  # fmt: skip
"""Characters and words that are not what they seem, or too large, or mean something."""

HEADERS = (
    "FEP: 007", "FEP: 7", "FEP: 8", "Title:Typed  views", "Title: FEP 7: Typed views ",
    "title: Typed", "Title: Typed views", "Author : Ada Lovelace <a@example.org>,Bob B",
    "Author: Ada Lovelace\n\tBob B", "Status: draft", "Status: Drat", "Status: Final",
    "Type: Standard Track", "Type: Process", "Topic: core, Core,API", "Created: 3 March 2025",
    "Created: 2025-3-3 ", "Requires: 0012,  5, 5", "Requires: 7, 12", "Replaces: 12",
    "Superseded-By: FEP 12", "Superseded-By: 7", "Discussions-To: http://example.org/a b",
    "Tilte: x", "X: y", "stray", " folded", "---", "Flask-Version: v2.1",
    "Post-History: 3-Mar-2025", "",
)  # fmt: skip

BLOCKS = (
    "Abstract\n=====", "Abstract\n========", "Motivaton\n--------", "====", "===\nLong title\n===",
    "Specificaton\n============\n\nText.  ", "Motivation\n~~~~~~", "Text \\",
    "Call `app.route` first.", "See https://peps.python.org/pep-0484/ and PEP 8.",
    "This goes on from FEP 12, FEP 5.", ".. note: No.", ".. note:: x", ".. raw:: html",
    "`a <https://peps.python.org/pep-0008/>`__ x:pep:`8`", "Rоute pep:`8`.", "::\n\n   code \t",
    "* `x`\n* ``FEP 12``", "日本 `a` \u0301", "", ".. fep: ignore[B008] x", "- item\n  * deeper",
    "   indented", ".. image:: ../a.png", ".. _a: b_", ".. _b: https://example.org/",
    ".. [1] note", "[1]_ a_ `a`_", ".. |s| replace:: text", "|s| * ** `` `", "\\",
    ":fep:`7` :fep:`8 <9#x>` :pep:`8` pep:`8` :no:`x`", "FEP 12 ``FEP 7``",
    "`x <https://peps.python.org/pep-0008/>`_ `x <javascript:y>`__", "+--+\n|a |\n+--+",
    "==  ==\na   b\n==  ==", "<<<<<<< HEAD", ".. comment", ".. living-document::",
    ".. code-block:: python\n\n   x = 1", ".. math::\n\n   \\frac{1}{", ":math:`\\text{\\x}`",
    ".. include:: fep-0001.rst", ".. csv-table:: t\n\n   a, \"b",
    ".. list-table::\n\n   * - a\n     - b", ".. figure:: a.png\n   :alt: x\n\n   Caption.",
    "[#]_ [*]_\n\n.. [#] a\n.. [*] b",
    ".. [CIT] a\n\n[CIT]_", "term\n   definition", ":field: value", "-a  option", "| line\n| block",
    ">>> x\n1", "\n   quotation\n\n   -- me", ".. class:: x", ".. default-role:: math",
    ".. role:: x(math)", ".. contents::", ".. _a:\n\nText a_.", "a__\n\n__ https://example.org/",
    # Markdown
    "# Title", "## Abstract\n\n#### Deep", "```python\nx = 1\n```", "```{note}\nx\n```",
    "[x](javascript:y) ![](a.png)", "<details>\n<summary>x</summary>\n",
    "| a | b |\n|---|---|\n| 1 |", "Text[^1]\n\n[^1]: note", "{ref}`x` {eval}`y`",
    "1. a\n1) b", "> quote\nlazy", "- [ ] task",
    "$x$ $$\ny\n$$", "a\\\nb", "***a**", "https://example.org www.example.org",
)  # fmt: skip

OTHER = """\
FEP: 12
Title: Views
Status: Final
Replaces: 7

Abstract
========

Text.
"""
"""Another proposal in the same repository."""
