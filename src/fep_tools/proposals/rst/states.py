"""State machines of docutils with only the states that they enter.

Docutils runs a state machine for each list item, block quote and directive, and each machine makes
all of its 14 states with a table of transitions, of which it enters one or two. Without the others,
a body is parsed in three quarters of the time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from docutils.parsers.rst.states import RSTState
from docutils.statemachine import StateMachine

_add_states: Any = StateMachine.add_states


@contextmanager
def states_when_entered() -> Iterator[None]:
    """Let state machines make a state when they enter it, inside this block.

    At its end, docutils keeps no machine for nested text. It would keep the tree of that text.
    """
    machine: Any = StateMachine
    machine.add_states = _prepare
    try:
        yield
    finally:
        machine.add_states = _add_states
        RSTState.nested_sm_cache.clear()


def _prepare(machine: Any, classes: Iterable[type[Any]]) -> None:
    machine.states = _States(machine, classes)


class _States(dict[str, Any]):
    """The states of a machine by name, made when they are looked up.

    :param classes: The classes of all states that the machine may enter.
    """

    def __init__(self, machine: Any, classes: Iterable[type[Any]]) -> None:
        super().__init__()
        self._machine = machine
        self._classes = {state.__name__: state for state in classes}

    def __missing__(self, name: str) -> Any:
        state = self[name] = self._classes[name](self._machine, self._machine.debug)
        # A machine that was not started initialises its states when it starts: docutils looks up
        # some of them before, to set what they begin with.
        if getattr(self._machine, "memo", None) is not None:
            state.runtime_init()
        return state
