"""Proposals that are parsed without worker processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest

from fep_tools.proposals import loader
from fep_tools.proposals.body import Body
from fep_tools.proposals.rst.parser import parse_body_safely
from fep_tools.proposals.vocabulary import Vocabulary


@pytest.fixture
def parse_in_process() -> Iterator[None]:
    """Parse bodies in this process: they are ours, and a worker takes half a second to start."""

    def read(
        texts: Sequence[str], vocabulary: Vocabulary, jobs: int = 0, **_options: object
    ) -> Iterator[tuple[int, Body]]:
        return ((n, parse_body_safely(text, vocabulary)) for n, text in enumerate(texts))

    patch = pytest.MonkeyPatch()
    patch.setattr(loader, "read_bodies", read)
    yield
    patch.undo()
