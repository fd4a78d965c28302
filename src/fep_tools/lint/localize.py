"""The examples of rules in the words of a community.

An example in a docstring is a proposal of this tool's own community or, for what that one does
not have, of another built-in one. Readers see it with the acronym, header names, statuses, types,
dates, paths and dialect of theirs.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches
from functools import cached_property
from typing import TypeVar

from ..process.dialects import FORMS
from ..process.model import Process
from ..process.schema import Banner, Header, Role, Status, Type
from ..proposals.fields import example, format_date
from ..proposals.fields.headers import field_spec
from .rule import Rule

Value = TypeVar("Value", Status, Type)

HEADERS: dict[str, Role] = {
    "FEP": "number",
    "PEP": "number",
    "DEP": "number",
    "Title": "title",
    "Author": "authors",
    "Upstream-Author": "upstream_authors",
    "Sponsor": "sponsor",
    "Delegate": "delegate",
    "Discussions-To": "discussion",
    "Status": "status",
    "Type": "type",
    "Target": "target",
    "Requires": "requires",
    "Created": "created",
    "Flask-Version": "version",
    "Removed-In": "removed",
    "Replaces": "replaces",
    "Superseded-By": "superseded_by",
    "Upstream": "upstream",
    "Review-Until": "review_until",
    "Resolution": "resolution",
    "Retroactive": "retroactive",
    "Status-History": "history",
}
"""The headers of examples, and what they mean."""

STATUSES = {
    # name: stage, settled, decision
    "Draft": ("open", False, False),
    "Review": ("open", False, False),
    "Accepted": ("agreed", False, True),
    "Active": ("done", False, True),
    "Final": ("done", True, True),
    "Finished": ("done", True, True),
    "Deferred": ("waiting", True, False),
    "Rejected": ("dead", True, True),
    "Withdrawn": ("dead", True, False),
    "Superseded": ("dead", True, False),
}
"""The statuses of examples, and what they mean."""

TYPES = ("Standards Track", "Informational", "Process")
"""The types of examples."""

_BANNER = "living-document"
_DISCUSSION = "github.com/example/project/discussions/7"
_NEUTRAL = {"Flask-Version": "Version"}  # where the community has no such header

# "FEP: 7", ":DEP: 14", "Author : Ada" or "Status:Draft"; the name may be unknown below one of them.
_HEADER = re.compile(
    r"(?P<colon>:?)(?P<name>[A-Z][A-Za-z]*(?:-[A-Za-z]+)*)(?P<gap> ?):(?P<value>.*)"
)
_FILE = re.compile(r"# \S*[./]\S*")  # "# proposals/fep-0007.rst" above the text of a file
# "DEP 14: Background workers", its underline, and a blank line above ":DEP: 14".
_HEADING = re.compile(r"^(?:DEP \d+: )?(?P<title>\S.*)\n=+\n\n(?P<number>:DEP: \d+)$", re.MULTILINE)
# "proposals/fep-0007.rst", "fep-0007-views.png" and "final/0014-background-workers.rst"
_PATH = re.compile(
    r"(?P<own>\bproposals/)?\b(?P<acronym>fep|FEP)-(?P<number>\d{4})"
    r"(?P<rest>(?:-[a-z]+)?(?:\.notes\.json|\.[a-z]+))|"
    r"\b(?:final|accepted)/(?P<dep>\d{4})-[a-z-]+\.rst"
)
_DATE = re.compile(r"\b\d{4}-\d\d-\d\d\b")
_RECORD = re.compile(r"(?P<date>\d{4}-\d\d-\d\d)(?: (?P<status>[A-Z]\w+))? (?P<url>https?://\S+)")


def localize(rule: Rule, process: Process) -> Rule:
    """Return *rule* with its examples in the words of a community."""
    words = _Words(process, rule.bad + rule.good)
    return replace(rule, bad=words.translate(rule.bad), good=words.translate(rule.good))


@dataclass(frozen=True)
class _Words:
    """The words of a community for those of one pair of examples."""

    process: Process
    examples: str

    def translate(self, example: str) -> str:
        if self.process.title_source == "header":
            example = _HEADING.sub(r"\g<number>\nTitle: \g<title>", example)
        # One file after the other: the status of a proposal may be part of its path.
        parts = re.split(rf"(?m)^(?={_FILE.pattern}$)", example)
        return "".join(map(self._translate_file, parts))

    def _translate_file(self, text: str) -> str:
        status = re.search(r"(?m)^:?Status: (.+)$", text)
        directory = self.statuses.get(status[1], "") if status else ""
        lines = "\n".join(self._translate_blocks(text.split("\n")))
        return _PATH.sub(lambda path: self._path(path, directory), self._translate_words(lines))

    def _translate_words(self, text: str) -> str:
        acronym = self.process.acronym
        text = re.sub(r"\b(?:FEP|DEP)(?=s?\b)(?!-\d{4}\.)", acronym, text)
        text = text.replace(":fep:`", f":{acronym.lower()}:`")
        return text.replace(_BANNER, self.banner.name) if self.banner else text

    def _translate_blocks(self, lines: Iterable[str]) -> Iterator[str]:
        """Yield the lines, with their blocks of headers in the community's dialect."""
        block: list[re.Match[str] | str] = []
        for line in lines:
            match = _HEADER.fullmatch(line)
            if match and (block or match["name"] in HEADERS):
                block.append(match)
            elif block and line.startswith(" "):  # the rest of a value
                block.append(line)
            else:
                yield from self._format_block(block)
                block = []
                yield line
        yield from self._format_block(block)

    def _format_block(self, block: list[re.Match[str] | str]) -> Iterator[str]:
        role: Role | None = None
        lines: list[str] = []
        above: list[str] = []
        is_yaml = 'dialect = "yaml"' in self.examples
        form = FORMS["yaml" if is_yaml else self.process.dialect]
        matches = (match for match in block if not isinstance(match, str))
        number = next((m["value"] for m in matches if HEADERS.get(m["name"]) == "number"), "")
        for match in block:
            if isinstance(match, str):
                lines.append(self._value(match, role))
                continue
            role = HEADERS.get(match["name"])
            value = self._value(match["value"], role)
            if role == "title" and self.process.title_source == "heading" and number:
                title = self._heading(number.strip(), value.strip())
                above = [title, "=" * len(title), ""]
                continue
            if role == "number" and not self.process.header_for("number"):
                continue  # it is in the name of the file only
            name = self._name(match["name"], role)
            lines += [""] * form.blank_lines * bool(lines)
            lines.append(f"{form.before}{name}{match['gap']}{form.colon}{value}")
        is_fenced = "\n---\n" in self.examples
        fence = ["---"] if self.process.fenced and number and not is_fenced else []
        yield from (*above, *fence, *lines, *fence)

    def _heading(self, number: str, title: str) -> str:
        if not number.isdecimal():
            return f"{self.process.acronym} {number}: {title}"
        return self.process.heading(int(number), title)

    def _name(self, name: str, role: Role | None) -> str:
        header = self.process.header_for(role) if role else None
        return header.name if header else _NEUTRAL.get(name, name)

    def _value(self, value: str, role: Role | None) -> str:
        words = {"status": self.statuses, "type": self.types, "history": self.statuses}
        if role in words:
            value = _replace_words(value, words[role])
        header = self.process.header_for(role) if role else None
        if header is None:
            return value
        if role == "discussion" and header.allowed_urls:
            url = example(field_spec(header, self.process))
            value = value.replace(_DISCUSSION, url.removeprefix("https://"))
        if header.kind in ("record", "records", "url", "urls"):
            value = _RECORD.sub(lambda record: _format_record(record, header), value)
        return _DATE.sub(lambda day: _format_day(day[0], header), value)

    def _path(self, match: re.Match[str], status: str) -> str:
        """Return the path that a proposal, or a file beside it, has in the community."""
        files = self.process.files
        directory = (status or self.process.initial_status.name).lower().replace(" ", "-")
        if match["dep"]:
            if "{status}" in files.pattern:
                return match[0]
            return files.path(int(match["dep"]), status=directory, slug="background-workers")
        path = files.path(int(match["number"]), status=directory, slug="typed-views")
        suffix = match["rest"] if match["rest"] != ".rst" else posixpath.splitext(path)[1]
        if suffix.endswith(".rst"):  # "-types.rst"
            suffix = suffix.removesuffix(".rst") + posixpath.splitext(path)[1]
        parent, name = posixpath.split(posixpath.splitext(path)[0])
        name = f"{name.upper() if match['acronym'].isupper() else name}{suffix}"
        return posixpath.join(parent, name) if match["own"] else name

    @cached_property
    def banner(self) -> Banner | None:
        """The community's banner in the place of that for a status, in the examples."""
        if _BANNER not in self.examples:
            return None
        banners = [banner for banner in self.process.banners if banner.statuses]
        return next((b for b in banners if b.name == _BANNER), banners[0] if banners else None)

    @cached_property
    def statuses(self) -> Mapping[str, str]:
        """The community's status for each one in the examples; they stay different."""
        used = [
            name for name in STATUSES if re.search(rf"\b{name}\b", self.examples, re.IGNORECASE)
        ]
        if self.banner and "Final" not in self.banner.statuses:
            return {"Final": self.banner.statuses[0]}
        return _assign(used, self.process.statuses, self._likeness)

    @cached_property
    def types(self) -> Mapping[str, str]:
        """The community's type for each one in examples."""
        return _assign(TYPES, self.process.types, lambda _name, _type: 0)

    def _likeness(self, name: str, status: Status) -> int:
        stage, settled, decision = STATUSES[name]
        same = 4 * (status.stage == stage) + 2 * (status.settled == settled)
        successor = self.process.header_for("superseded_by")
        conditions = successor.required if successor else ()
        if isinstance(conditions, tuple) and name == "Superseded":
            same += 8 * any(status.name in condition.statuses for condition in conditions)
        return same + (status.decision == decision)


def _assign(
    names: Iterable[str], candidates: Sequence[Value], likeness: Callable[[str, Value], int]
) -> dict[str, str]:
    """Return one of the *candidates* for each name: that of the same name, or the most similar.

    No two names get the same one, unless there are too few.
    """
    known = [candidate.name for candidate in candidates]
    assigned = {name: name for name in names if name in known}
    for name in names if candidates else ():
        if name not in assigned:
            free = [c for c in candidates if c.name not in assigned.values()] or candidates
            assigned[name] = max(free, key=lambda candidate: likeness(name, candidate)).name
    return assigned


def _replace_words(value: str, words: Mapping[str, str]) -> str:
    """Replace the words in *value*, also one that is in lower case or has a typing error."""
    for name, word in words.items():
        if word != name:
            value = re.sub(rf"\b{name}\b", word, value)
            value = re.sub(rf"\b{name.lower()}\b", word.lower(), value)
            for typo in get_close_matches(name, [value.strip()], cutoff=0.9):
                value = value.replace(typo, word + word[-1] if word not in typo else typo)
    return value


def _format_day(day: str, header: Header) -> str:
    return format_date(date.fromisoformat(day), header.date_format)


def _format_record(record: re.Match[str], header: Header) -> str:
    """Return a record in the most detailed of the formats that its parts are enough for."""
    if header.kind in ("url", "urls"):
        return record["url"]
    parts = {name: text for name, text in record.groupdict().items() if text}
    names = {format_: re.findall(r"\{(\w+)\}", format_) for format_ in header.record_formats}
    usable = [format_ for format_, used in names.items() if set(used) <= set(parts)]
    if not usable:
        return record[0]
    parts["date"] = _format_day(parts["date"], header)
    return max(usable, key=lambda format_: len(names[format_])).format(**parts)
