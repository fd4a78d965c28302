"""Feeds, read back by a library."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any
from xml.dom import minidom

import feedparser
import pytest

from fep_tools.catalog import groups
from fep_tools.catalog.exports import atom
from fep_tools.catalog.model import Catalog, CatalogEntry
from fep_tools.catalog.urls import feed_url, SiteUrls, status_feed_url, topic_feed_url
from fep_tools.history.model import Event
from fep_tools.process.model import Process

HOSTILE = "]]></title><script>alert(1)</script>\x00\x1b]0;\u202e&amp;\ufffe\ud800"
URLS = SiteUrls("https://example.org/feps/", {7: "fep-0007/", 11: "fep-0011/"})
MARCH = date(2025, 3, 9)


def status_change(
    before: str | None, after: str | None, day: date | None, commit: str | None = "c0ffee"
) -> Event:
    return Event(kind="status", before=before, after=after, date=day, commit=commit, author="Ada")


def entry(number: int, *history: Event, **changed: Any) -> CatalogEntry:
    values = {"title": "Blueprints", "status": "Review", "topics": ("Core",), "abstract": "What."}
    return CatalogEntry(
        number=number, path=f"{number}.rst", history=history, **{**values, **changed}
    )


def feeds_of(process: Process, *entries: CatalogEntry, urls: SiteUrls = URLS) -> dict[str, bytes]:
    return atom.files(Catalog(tool="t", process="FEP", proposals=entries), process, urls)


def read(data: bytes) -> Any:
    minidom.parseString(data)
    feed = feedparser.parse(data)
    assert not feed.bozo
    return feed


DRAFTED = status_change(None, "Draft", MARCH)
REVIEWED = status_change("Draft", "Review", date(2025, 4, 1), "beef")
RENAMED = Event(kind="title", before="Blue", after="Blueprints", date=MARCH, commit="c1")


def test_the_feed_of_all_has_status_changes_latest_first(process: Process) -> None:
    feed = read(
        feeds_of(process, entry(7, DRAFTED), entry(11, DRAFTED, RENAMED, REVIEWED))[
            "feeds/all.atom"
        ]
    )
    assert [e.title for e in feed.entries] == [
        "FEP 11: Blueprints: Draft → Review",
        "FEP 11: Blueprints: Draft",
        "FEP 7: Blueprints: Draft",
    ]
    first = feed.entries[0]
    assert (first.updated, first.author) == ("2025-04-01T00:00:00Z", "Ada")
    assert first.link == "https://example.org/feps/fep-0011/"
    assert first.summary == "What."
    assert {tag.term for tag in first.tags} == {"Review", "Core"}
    assert feed.feed.updated == "2025-04-01T00:00:00Z"
    assert feed.feed.title == "Flask Enhancement Proposals"
    assert {link.rel: link.href for link in feed.feed.links} == {
        "self": "https://example.org/feps/feeds/all.atom",
        "alternate": "https://example.org/feps/",
    }


def test_the_change_to_the_present_status_has_the_reason(process: Process) -> None:
    rejected = status_change("Review", "Rejected", date(2025, 5, 1), "dead")
    proposal = entry(7, REVIEWED, rejected, RENAMED, status="Rejected", reason="Too slow.")
    files = feeds_of(process, proposal)
    assert [e.summary for e in read(files["feeds/all.atom"]).entries] == [
        "Reason: Too slow. What.",
        "What.",
    ]
    assert {e.summary for e in read(files["feeds/proposals/0007.atom"]).entries} == {
        "Reason: Too slow. What.", "What.",
    }  # fmt: skip


def test_a_proposal_that_never_had_a_status_is_in_the_feed_of_all(process: Process) -> None:
    feed = read(feeds_of(process, entry(7, DRAFTED), entry(11, RENAMED, RENAMED))["feeds/all.atom"])
    assert sorted(e.title for e in feed.entries) == [
        "FEP 11: Blueprints: Title: Blue → Blueprints",
        "FEP 7: Blueprints: Draft",
    ]


def test_the_feed_of_a_proposal_has_all_events(process: Process) -> None:
    feed = read(feeds_of(process, entry(11, DRAFTED, RENAMED))[feed_url(11)])
    assert [e.title for e in feed.entries] == [
        "FEP 11: Blueprints: Title: Blue → Blueprints",
        "FEP 11: Blueprints: Draft",
    ]


def test_there_is_a_feed_for_each_status_and_topic(process: Process) -> None:
    files = feeds_of(process, entry(7, DRAFTED, topics=()), entry(11, DRAFTED, REVIEWED))
    review = read(files[status_feed_url("Review")])
    assert [e.title for e in review.entries] == ["FEP 11: Blueprints: Draft → Review"]
    assert len(read(files[topic_feed_url("Core")]).entries) == 2
    assert all(status_feed_url(status.name) in files for status in process.statuses)
    assert read(files[status_feed_url("Rejected")]).entries == []


def test_rare_topics_have_no_feed_if_there_are_too_many(
    process: Process, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(groups, "MIN_GROUPS", 1)
    monkeypatch.setattr(groups, "GROUPS_PER_PROPOSAL", 1)
    files = feeds_of(
        process, entry(7, DRAFTED, topics=("a", "b", "c")), entry(11, REVIEWED, topics=("c",))
    )
    assert [topic for topic in "abc" if topic_feed_url(topic) in files] == ["a", "c"]
    assert len(read(files[topic_feed_url("c")]).entries) == 2


def test_an_event_has_one_id_in_all_feeds(process: Process) -> None:
    again = status_change("Review", "Draft", date(2025, 5, 1), "f00d")
    twice = status_change("Draft", "Review", date(2025, 4, 1), "beef")
    feeds = feeds_of(
        process, entry(11, DRAFTED, REVIEWED, again, twice), entry(7, DRAFTED, REVIEWED)
    )
    everything = [e.id for e in read(feeds["feeds/all.atom"]).entries]
    assert len(everything) == len(set(everything)) == 6
    assert {e.id for e in read(feeds[feed_url(11)]).entries} <= set(everything)
    assert len({read(data).feed.id for data in feeds.values()}) == len(feeds)


def test_declared_events_link_their_evidence(process: Process) -> None:
    declared = Event(
        "status", None, "Final", MARCH, source="declared", link="https://example.org/t/1"
    )
    hostile = replace(declared, link="javascript:alert(1)")
    one, two = read(
        feeds_of(process, entry(11, declared), entry(12, hostile))["feeds/all.atom"]
    ).entries
    assert one.get("links", []) == []
    assert [(link.rel, link.href) for link in two.links] == [
        ("alternate", "https://example.org/feps/fep-0011/"),
        ("related", "https://example.org/t/1"),
    ]


def test_a_feed_of_many_is_limited(process: Process) -> None:
    many = [entry(n, DRAFTED) for n in range(1, atom.MAX_ENTRIES + 10)]
    assert len(read(feeds_of(process, *many)["feeds/all.atom"]).entries) == atom.MAX_ENTRIES


def test_events_without_a_date_are_left_out(process: Process) -> None:
    assert (
        read(
            feeds_of(process, entry(11, status_change(None, "Draft", None)))["feeds/all.atom"]
        ).entries
        == []
    )


def test_without_the_url_of_the_site_links_are_relative(process: Process) -> None:
    where = SiteUrls("", {11: "fep-0011/"})
    files = feeds_of(process, entry(11, DRAFTED), urls=where)
    assert b'href="../fep-0011/"' in files["feeds/all.atom"]
    assert b'href="../../fep-0011/"' in files[feed_url(11)]
    assert not any(b'rel="self"' in data for data in files.values())


@pytest.mark.parametrize("field", ["title", "abstract", "status", "type", "topics", "author"])
def test_hostile_text_stays_text(process: Process, field: str) -> None:
    event = replace(DRAFTED, author=HOSTILE if field == "author" else "Ada")
    value = (HOSTILE,) if field == "topics" else HOSTILE
    hostile = entry(11, event) if field == "author" else entry(11, event, **{field: value})
    for path, data in feeds_of(process, hostile).items():
        document = minidom.parseString(data)
        assert not document.getElementsByTagName("script"), path
        assert not {byte for byte in data if byte < 0x20} - {0x0A}, path
        assert ".." not in path


def test_a_feed_without_pages_has_no_links(process: Process) -> None:
    data = atom.events(Catalog(tool="t", process="FEP"), process, SiteUrls())
    assert b"<link" not in data
    assert read(data).feed.updated == "1970-01-01T00:00:00Z"
