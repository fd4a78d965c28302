"""State machines that make only the states that they enter."""

from __future__ import annotations

import gc
from collections import Counter
from typing import Any
from weakref import ref

import pytest
from docutils import nodes
from docutils.core import publish_doctree
from docutils.parsers.rst import states
from docutils.statemachine import State, StateMachine, UnknownStateError

from fep_tools.proposals.rst.states import states_when_entered

TEXT = """\
Title
=====

- a list

  * in a list

    1. in a list

:field: value

-a  option

term
  definition

  ::

    code

    quotation

.. note:: a directive

   | lines
   | of a block

.. |name| replace:: text

>>> doctest()

__ https://example.org/

A paragraph. `One`__ more::

> quoted
> lines

= =
a b
= =
"""


def test_the_tree_is_the_same() -> None:
    plain = parse()
    with states_when_entered():
        assert parse() == plain
    assert parse() == plain


def parse() -> str:
    tree: nodes.document = publish_doctree(TEXT, settings_overrides={"report_level": 5})
    assert tree.findall(nodes.doctest_block)
    return tree.pformat()


def test_other_states_are_not_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: Counter[str] = Counter()
    initialise = State.__init__

    def count(state: Any, *arguments: Any) -> None:
        made[type(state).__name__] += 1
        initialise(state, *arguments)

    monkeypatch.setattr(State, "__init__", count)
    # Machines are kept for the next text, also those of other tests.
    monkeypatch.setattr(states.RSTState, "nested_sm_cache", [])
    with states_when_entered():
        publish_doctree("- one\n- two\n")
    assert set(made) == {"Body", "BulletList", "Text"}


def test_no_machine_keeps_the_tree_of_the_last_text() -> None:
    with states_when_entered():
        tree = ref(publish_doctree(TEXT, settings_overrides={"report_level": 5}))
    gc.collect()
    assert tree() is None


def test_a_state_that_does_not_exist() -> None:
    with states_when_entered():
        machine = StateMachine([states.Body], "Other")
    with pytest.raises(UnknownStateError):
        machine.get_state()


def test_docutils_is_put_back_after_an_exception() -> None:
    before = StateMachine.add_states
    with pytest.raises(ValueError, match="x"), states_when_entered():
        raise ValueError("x")
    assert StateMachine.add_states is before
