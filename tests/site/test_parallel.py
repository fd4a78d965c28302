"""Reading pages in several processes, each with its own pages alone."""

from __future__ import annotations

import multiprocessing
import pickle

import pytest
from sphinx.environment import BuildEnvironment

from .sites import contents, proposal, SiteMaker

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        "fork" not in multiprocessing.get_all_start_methods(), reason="Sphinx forks its processes"
    ),
]


def test_no_process_sends_the_pages_of_another(
    make_site: SiteMaker, monkeypatch: pytest.MonkeyPatch
) -> None:
    shares: list[int] = []
    loads = pickle.loads

    def load(data: bytes) -> object:
        loaded: object = loads(data)  # Sphinx reads documents with the same function
        if isinstance(loaded, BuildEnvironment):
            shares.append(len(loaded.all_docs))
        return loaded

    monkeypatch.setattr(pickle, "loads", load)
    site = make_site({number: proposal(number) for number in range(1, 31)})
    report = site.build(jobs=2)
    assert sum(shares) == report.read
    assert len(shares) > 2


def test_the_site_is_that_of_one_process(make_site: SiteMaker) -> None:
    site = make_site(
        {number: proposal(number, body=f"See :fep:`{31 - number}`.\n") for number in range(1, 31)}
    )
    site.build(jobs=2, search="sphinx")
    alone = site.with_output("alone")
    alone.build(jobs=1, search="sphinx")
    assert contents(site.output, "doctrees") == contents(alone.output, "doctrees")
    assert site.build(jobs=2, search="sphinx").read == 0
