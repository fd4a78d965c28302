"""Read headers that are YAML front matter, with PyYAML.

Only the events of its parser are used: nothing is constructed, and an alias, which could stand
for a text of any length, is a problem. What is inside a value becomes lines of text, so that all
kinds of headers read it as in the other dialects::

    ---
    title: "Views: a proposal"      # Views: a proposal
    authors:                        # Ada Lovelace,
      - Ada Lovelace                # Grace Hopper <grace@example.org>
      - name: Grace Hopper
        email: grace@example.org
    requires: [7, 12]               # 7, 12
    ---
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from .._text import with_plain_blanks
from ..diagnostics import Span
from .header_field import Field, Line
from .rst.allowlist import hidden_character

MAX_DEPTH = 10
"""How many lists and mappings may be inside each other."""

MAX_REPEATED = 1_000_000
"""How many characters names in values may have together: one stands before each line of its value,
and in a list that is most of a file, that is a product of both."""

_NULL = ("", "~", "null", "Null", "NULL")

# Keys of a person in a list of people, and what is around their values in plain text.
_PERSON = {"email": "<{}>", "github": "(@{})", "handle": "(@{})"}


@dataclass(frozen=True)
class YamlProblem:
    """Why front matter is not YAML, as the end of a sentence."""

    message: str
    span: Span


@dataclass(frozen=True)
class FrontMatter:
    """The headers in front matter, or why there are none."""

    fields: tuple[Field, ...] = ()
    problem: YamlProblem | None = None


class _Problem(Exception):
    """A problem, and the event at which it is."""

    def __init__(self, message: str, event: Any) -> None:
        super().__init__(message)
        self.mark = event.start_mark


def parse_front_matter(lines: Sequence[str], first_line: int) -> FrontMatter:
    """Return the headers in the lines between the fences.

    :param first_line: The number of the first of them.
    """
    import yaml  # not at the top: no other dialect needs it

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    text = with_plain_blanks("\n".join(lines))
    mark, message = None, ""
    try:
        return FrontMatter(tuple(_Reader(lines, first_line).fields(yaml.parse(text, loader))))
    except _Problem as problem:
        mark, message = problem.mark, str(problem)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        message = f"is not YAML: {error.problem or error.context}"
    except (yaml.YAMLError, UnicodeEncodeError):  # a control character, or half of another one
        message = "is not YAML: it has a character that is not allowed"
    row = min(mark.line, len(lines) - 1) if mark else 0
    column = min(mark.column, len(lines[row])) if mark and lines else 0
    end = max(len(lines[row].rstrip()), column) if lines else 0
    number = first_line + max(row, 0)
    return FrontMatter(problem=YamlProblem(message, Span(number, column + 1, number, end + 1)))


def to_yaml(value: str) -> str:
    """Return *value* as it is written behind the colon of a header, in quotes if it needs them.

    A value of several lines is a block: ``|``, and a line for each of them.
    """
    if "\n" in value:
        return "|\n" + "\n".join(f"  {line}" for line in value.split("\n"))
    content = parse_front_matter([f"a: {value}"], 1)
    if not content.problem and [field.value for field in content.fields] == [value]:
        written = content.fields[0].source
        if written and written.end_column == len(value) + 4:  # without quotes of its own
            return value
    return json.dumps(value, ensure_ascii=False)  # JSON is YAML


class _Reader:
    """Makes headers of events."""

    def __init__(self, lines: Sequence[str], first_line: int) -> None:
        self._lines = lines
        self._first_line = first_line
        self._end = (0, 0)  # the line and the column at which the last value ends
        self._characters = set().union(*lines)
        self._repeated = 0

    def fields(self, events: Iterator[Any]) -> Iterator[Field]:
        """Yield the headers, in their order."""
        events = (e for e in events if type(e).__name__ not in _AROUND)
        first = next(events, None)
        if first is None:
            return
        if type(first).__name__ != "MappingStartEvent":
            raise _Problem("is not a mapping; write name: value on each line", first)
        for key in events:
            if type(key).__name__ == "MappingEndEvent":
                break
            if type(key).__name__ != "ScalarEvent" or not key.value.strip():
                raise _Problem("has a header without a name", key)
            self._require_visible(key)
            yield self._field(key, next(events), events)
        if (rest := next(events, None)) is not None:
            raise _Problem("has text after its end", rest)

    def _field(self, key: Any, event: Any, events: Iterator[Any]) -> Field:
        number, column = self._position(key.start_mark)
        lines = list(self._value(event, events, 1))
        _number, end_column = self._position(key.end_mark)
        if not lines or lines[0].number != number:
            lines.insert(0, Line(number, end_column + 1, ""))
        has_value = any(line.text for line in lines)
        source = Span(*self._position(event.start_mark), *self._end) if has_value else None
        return Field(key.value.strip(), column, ": ", tuple(lines), source)

    def _value(self, event: Any, events: Iterator[Any], depth: int) -> Iterator[Line]:
        """Yield the lines of the value that begins with *event*."""
        kind = type(event).__name__
        if kind == "AliasEvent":
            raise _Problem(f"has the alias *{event.anchor}; write the value out", event)
        if depth > MAX_DEPTH:
            raise _Problem("has a value that is nested too deeply", event)
        if kind == "ScalarEvent":
            yield from self._scalar(event)
        elif kind == "SequenceStartEvent":
            entries = []
            for entry in events:
                if type(entry).__name__ == "SequenceEndEvent":
                    self._close(event, entry)
                    break
                entries.append(list(self._value(entry, events, depth + 1)))
            yield from _as_list(entries)
        else:
            yield from self._mapping(event, events, depth)

    def _mapping(self, start: Any, events: Iterator[Any], depth: int) -> Iterator[Line]:
        """Yield a line for each key and its value, or one for a person."""
        pairs: list[tuple[str, list[Line]]] = []
        for key in events:
            if type(key).__name__ == "MappingEndEvent":
                self._close(start, key)
                break
            name = " ".join(line.text for line in self._value(key, events, depth + 1))
            pairs.append((name, list(self._value(next(events), events, depth + 1))))
        values = {key: lines[0].text for key, lines in pairs if lines and lines[0].text}
        if "name" in values:
            others = [_PERSON[key].format(values[key]) for key in _PERSON if key in values]
            first = next(lines[0] for name, lines in pairs if name == "name")
            text = " ".join([first.text, *others])
            end = first.end_column or first.column + len(first.text)
            yield Line(first.number, first.column, text, end if others else first.end_column)
            return
        self._repeated += sum(len(name) * len(lines) for name, lines in pairs)
        if self._repeated > MAX_REPEATED:
            raise _Problem("has names in values that are too long", start)
        for name, lines in pairs:
            for line in lines:
                end = line.end_column or line.column + len(line.text)
                yield Line(line.number, line.column, f"{name}: {line.text}", end)

    def _close(self, start: Any, end: Any) -> None:
        if start.flow_style:  # otherwise the end is where the next value begins
            self._end = self._position(end.end_mark)

    def _require_visible(self, event: Any) -> None:
        """Raise a problem if an escape makes a hidden character; the rules look at the text."""
        hidden = hidden_character(event.value)
        if hidden and hidden not in self._characters:
            code = f"U+{ord(hidden):04X}"
            raise _Problem(f"has an escape for the hidden character {code}; remove it", event)

    def _scalar(self, event: Any) -> Iterator[Line]:
        self._require_visible(event)
        first, column = self._position(event.start_mark)
        last, end = self._position(event.end_mark)
        if event.style in ("|", ">"):
            rows = range(first + 1, last + (end > 1))
            texts = [(n, self._lines[n - self._first_line]) for n in rows]
            lines = [Line(n, _indent(text) + 1, text.strip()) for n, text in texts if text.strip()]
            if lines:
                self._end = lines[-1].number, lines[-1].column + len(lines[-1].text)
            yield from lines
            return
        self._end = last, end
        is_plain = not event.style
        if is_plain and event.value in _NULL:  # in "{a", it is behind the last line
            return
        row = self._lines[first - self._first_line]
        written = row[column - 1 : end - 1] if first == last else ""
        if is_plain and written == event.value:
            yield Line(first, column, written)
        elif written[1:-1] == event.value:
            yield Line(first, column + 1, event.value)
        else:  # on several lines, with escapes, or with a tag
            value = " ".join(event.value.split())
            yield Line(first, column, value, end if first == last else len(row.rstrip()) + 1)

    def _position(self, mark: Any) -> tuple[int, int]:
        return self._first_line + mark.line, mark.column + 1


_AROUND = ("StreamStartEvent", "StreamEndEvent", "DocumentStartEvent", "DocumentEndEvent")


def _as_list(entries: list[list[Line]]) -> Iterator[Line]:
    """Yield the lines of the entries of a list, each but the last with a comma at its end."""
    lines = [line for entry in entries for line in entry if line.text]
    for line in lines[:-1]:
        yield Line(line.number, line.column, f"{line.text},", line.end_column)
    yield from lines[-1:]


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())
