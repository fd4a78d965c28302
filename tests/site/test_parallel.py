"""Reading pages in several processes, each with its own pages alone."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterable

import pytest
from sphinx.application import Sphinx
from sphinx.environment import BuildEnvironment

from fep_tools.site.search import Search

from .sites import proposal, SiteMaker

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
        assert other.project is None  # which knows all pages
        merge(env, pages, other, app)

    monkeypatch.setattr(BuildEnvironment, "merge_info_from", count_and_merge)
    site = make_site({number: proposal(number) for number in range(1, 31)})
    report = site.build(jobs=2)
    assert sum(shares) == report.read
    assert len(shares) > 2


@pytest.mark.parametrize("search", ["sphinx", "pagefind"])
def test_the_site_is_that_of_one_process(make_site: SiteMaker, search: Search) -> None:
    """Also its pictures, and each warning about links, which are resolved late, once."""
    if search == "pagefind":
        pytest.importorskip("pagefind")
    body = "See :fep:`{0}`.\n\n.. image:: {1}.png\n   :alt: One\n"
    texts = {
        number: proposal(number, body=body.format(31 - number, number), Requires="99")
        for number in range(1, 31)
    }
    site = make_site(texts)
    for number in texts:
        site.write(f"proposals/{number}.png", b"\x89PNG\r\n\x1a\n" + bytes(number))
    site.build(jobs=2, search=search)
    alone = site.with_output("alone")
    alone.build(jobs=1, search=search)
    assert site.files() == alone.files()
    assert "_images/30.png" in site.files()
    assert "there is no FEP 99" in site.warnings
    assert sorted(site.warnings.split("\n")) == sorted(alone.warnings.split("\n"))
    assert site.build(jobs=2, search=search).read == 0
