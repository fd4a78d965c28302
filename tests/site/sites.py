"""Build the sites of small repositories."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from html.parser import HTMLParser
from io import StringIO
from pathlib import Path
from typing import Any

from fep_tools.site.build import build
from fep_tools.site.options import BuildOptions, BuildReport

ROOT = Path(__file__).parents[2]


def proposal(number: int, title: str = "Typed views", *, body: str = "", **headers: str) -> str:
    """Return the text of a proposal; header names have underscores instead of dashes."""
    fields = {
        "FEP": str(number),
        "Title": title,
        "Author": "Ada Lovelace (@ada)",
        "Status": "Draft",
        "Type": "Process",
        "Created": "2025-03-09",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = [f"{name}: {value}" for name, value in fields.items()]
    return "\n".join([*lines, "", body or "Abstract\n========\n\nViews should have types.\n"])


class Reader(HTMLParser):
    """The elements of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.words: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data: str) -> None:
        self.words.append(data)

    @property
    def text(self) -> str:
        return " ".join(" ".join(self.words).split())

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.elements if name == tag]

    def links(self) -> dict[str, str]:
        return {link.get("href", ""): link.get("title", "") for link in self.all("a")}


@dataclass
class Site:
    """A repository, where its site goes, and the warnings of the last build."""

    root: Path
    output: Path
    cache: Path
    warnings: str = ""

    def build(self, **options: Any) -> BuildReport:
        """Build it; without the index of pagefind, whose program takes as long as a small site."""
        warnings = StringIO()
        options = {"cache": str(self.cache), "conf": True, "search": "sphinx", **options}
        build_options = BuildOptions(root=self.root, output=self.output, **options)
        report = build(build_options, warnings, lambda _doing: None)
        self.warnings = warnings.getvalue()
        return report

    def with_output(self, name: str) -> Site:
        """Return the same repository with another output directory."""
        return Site(self.root, self.output.with_name(name), self.cache)

    def write(self, name: str, content: str | bytes) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)

    def html(self, page: str) -> str:
        return self.output.joinpath(page, "index.html").read_text("utf-8")

    def page(self, page: str) -> Reader:
        return Reader(self.html(page))

    def files(self) -> dict[str, bytes]:
        """Return everything that is published and does not depend on chance.

        Pagefind writes the values of its filters in the order of a hash table of Rust, whose seed
        it draws, and names files by their contents.
        """
        published = contents(self.output, without=".doctrees")
        return {path: data for path, data in published.items() if not _BY_CHANCE.match(path)}


_BY_CHANCE = re.compile(r"pagefind/(filter/|pagefind\.\w+\.pf_meta$|pagefind-entry\.json$)")


def contents(directory: Path, without: str = "") -> dict[str, bytes]:
    """Return the files in a directory by their paths."""
    paths = (path for path in sorted(directory.rglob("*")) if path.is_file())
    files = {path.relative_to(directory).as_posix(): path.read_bytes() for path in paths}
    return {name: data for name, data in files.items() if not without or without not in name}


SiteMaker = Callable[..., Site]
