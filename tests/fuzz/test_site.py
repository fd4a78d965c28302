"""Checking and building any proposals: both report the same."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import example, given
from hypothesis import strategies as st

from ..conformance.test_agreement import assert_equal, compare_bodies
from . import strategies
from .budget import examples

bodies = strategies.damaged(strategies.bodies)
_files = st.lists(bodies, min_size=1, max_size=4)


@example(["[CIT]_"])  # found by fuzzing
@examples(2)
@given(_files)
def test_check_and_build_report_the_same(texts: list[str]) -> None:
    # Neither reads a file that is no text; what is said of it is tested elsewhere.
    cases = {str(n): text.encode("utf-8", "replace").decode() for n, text in enumerate(texts)}
    with TemporaryDirectory() as directory:
        comparison, _names = compare_bodies(cases, Path(directory))
    assert_equal(comparison)
