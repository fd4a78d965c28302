"""Warnings about pages that a build does not make again."""

from __future__ import annotations

import pytest

from .sites import proposal, SiteMaker

BODY = """\
Abstract
========

{text}

.. [Ada] A note.
"""

# of reading, of comparing all pages, and of writing
TEXT = "|nothing| and :ref:`nowhere`."

PAGE = ":orphan:\n\nPage\n====\n\n:ref:`nowhere`\n"
"""A page that is no proposal. Findings come from the check, in every build."""

CONF = "extensions = ['fep_tools.site']\nhtml_theme = 'fep'\n"


def warnings(text: str) -> list[str]:
    return sorted(text.splitlines())


@pytest.mark.parametrize("jobs", [1, 2])
def test_warnings_are_repeated_until_their_cause_is_gone(make_site: SiteMaker, jobs: int) -> None:
    files = {n: proposal(n, body=BODY.format(text=TEXT)) for n in range(7, 14)}
    site = make_site({**files, 14: proposal(14)})
    first = site.build(jobs=jobs)
    expected = warnings(site.warnings)
    assert len(expected) == 3 * len(files)
    for _ in range(2):
        again = site.build(jobs=jobs)
        assert warnings(site.warnings) == expected
        assert (again.warnings, again.read, again.written) == (first.warnings, 0, 0)

    site.write("proposals/fep-0014.rst", proposal(14, body=BODY.format(text=TEXT)))
    site.build(jobs=jobs)
    added = set(warnings(site.warnings)) - set(expected)
    assert len(warnings(site.warnings)) == len(expected) + 3
    assert {line.partition(":")[0] for line in added} == {"proposals/fep-0014.rst"}

    site.root.joinpath("proposals", "fep-0014.rst").unlink()
    site.write("proposals/fep-0007.rst", proposal(7))
    site.build(jobs=jobs)
    rest = [line for line in expected if not line.startswith("proposals/fep-0007.rst")]
    assert warnings(site.warnings) == rest


def test_a_warning_without_a_line_is_repeated_with_the_same_file(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7, Requires="99"), 8: proposal(8)})
    site.build()
    expected = warnings(site.warnings)
    assert [line.partition(" ")[0] for line in expected] == ["proposals/fep-0007.rst:"]
    for number in range(2):
        site.write("proposals/fep-0008.rst", proposal(8) + f"\nText {number}.\n")
        site.build()
        assert warnings(site.warnings) == expected


def test_a_preview_repeats_nothing_and_forgets_nothing(make_site: SiteMaker) -> None:
    site = make_site({n: proposal(n, body=BODY.format(text=TEXT)) for n in (7, 8)})
    site.write("conf.py", CONF)
    site.write("page.rst", PAGE)
    site.build()
    expected = warnings(site.warnings)
    assert {line.partition(":")[0] for line in expected} == {
        "page.rst", "proposals/fep-0007.rst", "proposals/fep-0008.rst",
    }  # fmt: skip
    assert site.build(repeat_warnings=False).warnings == 0
    assert site.warnings == ""
    site.write("proposals/fep-0008.rst", proposal(8, body=BODY.format(text=f"{TEXT} More.")))
    site.build(repeat_warnings=False)
    assert warnings(site.warnings) == [line for line in expected if "fep-0008" in line]
    site.build()
    assert warnings(site.warnings) == expected


def test_a_damaged_record_is_as_good_as_none(make_site: SiteMaker) -> None:
    site = make_site({7: proposal(7)})
    site.write("conf.py", CONF)
    site.write("page.rst", PAGE)
    assert site.build().warnings == 1
    for text in ("{", "[1]", '[["a"]]', "\ud800".encode("utf-8", "surrogatepass")):
        data = text if isinstance(text, bytes) else text.encode()
        site.output.joinpath(".doctrees", "warnings.json").write_bytes(data)
        assert site.build().warnings == 0
