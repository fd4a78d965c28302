"""Facts of bodies as JSON."""

from __future__ import annotations

import pytest

from fep_tools.proposals.body import Body
from fep_tools.proposals.vocabulary import Vocabulary

from .rst.bodies import parse


def test_facts_are_the_same_after_a_round_trip() -> None:
    text = (
        "A\n=\n\n:fep:`7` `x` ``FEP 3`` FEP 4 https://a.org/ *\\ **b\n\n.. c\n\n"
        ".. living-document::\n\n.. code:: python\n\n   1\n"
    )
    body = parse(text)
    assert Body.load(body.dump()) == body


@pytest.mark.parametrize(
    "text", ["", "[]", "{}x", "[1,2]", '[[["x"]]]', "null", "[[[[]]]]", '{"headings":[["x"]]}']
)
def test_loading_anything_else_is_a_value_error(text: str) -> None:
    with pytest.raises(ValueError):
        Body.load(text)


def test_a_vocabulary_is_the_same_after_a_round_trip() -> None:
    vocabulary = Vocabulary("fep", ("a",), ("b:*", "c"), (), ("d",))
    assert Vocabulary.from_json(vocabulary.to_json()) == vocabulary
