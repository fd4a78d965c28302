"""Classes that only the site may use."""

from __future__ import annotations

import pytest

from .bodies import problems


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        (".. class:: good fep-status\n\nText.\n", "class class=fep-status"),
        (".. container:: UNSEEN\n\n   Text.\n", "container class=UNSEEN"),
        (".. note::\n   :class: site_bar\n\n   Text.\n", "note class=site-bar"),
        (".. figure:: a.png\n   :figclass: copy\n", "figure class=copy"),
        (".. code-block:: text\n   :class: page-x\n\n   Text.\n", "code-block class=page-x"),
        (".. code-block:: text\n   :class: fep-check\n\n   Text.\n", ""),
        (".. list-table::\n   :class: good pages website\n\n   * - Text.\n", ""),
    ],
)
def test_classes_of_the_site_are_refused(text: str, problem: str) -> None:
    assert problems(text) == ([("directive", problem)] if problem else [])
