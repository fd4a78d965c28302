"""Diagrams of status transitions: those that a process allows, and those that were made."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

from ..._i18n import ENGLISH, Translator
from ..._text import join_words
from ...process.model import Process
from .layout import Edge
from .state_drawing import draw, NEW, REMOVED

MAX_MADE = 20
"""How many transitions the diagram of those that were made has."""

MadeEdge = tuple[str | None, str | None]
"""A transition that was made; ``None`` before the first status, and after the removal of a file."""


def drawn_transitions(process: Process) -> tuple[Edge, ...]:
    """Return the transitions in the chart of a process, as (from, to), each once.

    Unusual transitions and those of retroactive proposals alone are in the table only.
    """
    transitions = (
        (transition.from_, target)
        for transition in process.transitions
        if transition.level == "allowed" and not transition.retroactive
        for target in transition.to
    )
    return tuple(dict.fromkeys(transitions))


def statechart(process: Process, translator: Translator = ENGLISH) -> str:
    """Return the chart of a process: a box for each status, an arrow for each transition."""
    edges = drawn_transitions(process)
    boxes = {status.name: status.name for status in process.statuses}
    title = translator.gettext("Status transitions of a {acronym}", acronym=process.acronym)
    return draw(title, describe(process, translator), boxes, edges)


def describe(process: Process, translator: Translator = ENGLISH) -> str:
    """Return the chart in words: ``From Draft to Review or Withdrawn.``"""
    targets: dict[str, list[str]] = {}
    for source, target in drawn_transitions(process):
        targets.setdefault(source, []).append(target)
    sentences = _sentences(targets, translator)
    finals = [status.name for status in process.statuses if status.name not in targets]
    if finals:
        statuses = join_words(finals, translator.gettext("or"))
        sentences.append(translator.gettext("No transition from {statuses}.", statuses=statuses))
    return " ".join(sentences)


def _sentences(targets: Mapping[str, Sequence[str]], translator: Translator) -> list[str]:
    join = partial(join_words, last=translator.gettext("or"))
    return [
        translator.gettext("From {source} to {targets}.", source=source, targets=join(names))
        for source, names in targets.items()
    ]


# Transitions that were made ------------------------------------------------------------------


def most_frequent(counts: Mapping[MadeEdge, int]) -> dict[MadeEdge, int]:
    """Return the transitions in the diagram of those that were made, the most frequent first."""
    ordered = sorted(counts.items(), key=lambda item: (-item[1], str(item[0])))
    return dict(ordered[:MAX_MADE])


def made_name(status: str | None, *, is_source: bool, translator: Translator = ENGLISH) -> str:
    """Return the name of one end of a transition that was made."""
    if status is None:
        return translator.gettext("New") if is_source else translator.gettext("Removed")
    return status or translator.gettext("(empty)")


def made_chart(
    process: Process, counts: Mapping[MadeEdge, int], translator: Translator = ENGLISH
) -> str:
    """Return the diagram of transitions that were made.

    The more often a transition was made, the wider is its line; its number is at its arrowhead.
    A line is dashed if the process does not allow the transition to all proposals.

    :param counts: How many times proposals made each transition.
    """
    shown = most_frequent(counts)
    order = {status.name: index for index, status in enumerate(process.statuses)}
    edges = {_box_names(edge): count for edge, count in shown.items()}
    labels = {
        _box_name(status, is_source=is_source): made_name(
            status, is_source=is_source, translator=translator
        )
        for edge in shown
        for status, is_source in zip(edge, (True, False), strict=True)
    }
    boxes = dict(
        sorted(labels.items(), key=lambda item: (item[0] != NEW, order.get(item[0], len(order))))
    )
    targets: dict[str, list[str]] = {}
    for (source, target), count in edges.items():
        targets.setdefault(labels[source], []).append(f"{labels[target]} ({count})")
    title = translator.gettext("Status changes of {plural}", plural=process.plural)
    usual = {*drawn_transitions(process), *((NEW, name) for name in order)}
    return draw(title, " ".join(_sentences(targets, translator)), boxes, tuple(edges), edges, usual)


def _box_name(status: str | None, *, is_source: bool) -> str:
    return status if status is not None else NEW if is_source else REMOVED


def _box_names(edge: MadeEdge) -> Edge:
    return _box_name(edge[0], is_source=True), _box_name(edge[1], is_source=False)
