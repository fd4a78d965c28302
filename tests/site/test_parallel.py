"""Reading pages in several processes, each with its own pages alone."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable

import pytest
from sphinx.application import Sphinx
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
    merge = BuildEnvironment.merge_info_from

    def count_and_merge(
        env: BuildEnvironment, pages: Iterable[str], other: BuildEnvironment, app: Sphinx
    ) -> None:
        shares.append(len(other.all_docs))
        merge(env, pages, other, app)

    monkeypatch.setattr(BuildEnvironment, "merge_info_from", count_and_merge)
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
