"""Files that a command writes beside a proposal, and that anybody can propose: strict JSON.

Such a file is untrusted. It is read within a limit, with no key or type that is not known.
"""

from __future__ import annotations

import json
from collections import Counter
from typing import ClassVar, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from ._files import FileContent, Refusal
from ._text import quote
from .errors import FepError


class JsonRecord(BaseModel):
    """A part of such a file. Unknown keys and other types are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, defer_build=True)


class RecordFile(JsonRecord):
    """The whole of such a file, about the proposal *number*."""

    max_size: ClassVar[int]
    """The highest number of bytes of a file."""
    command: ClassVar[str]
    """The command that writes it, as ``fep notes run``."""

    number: int

    @classmethod
    def parse(cls, data: bytes) -> Self:
        """Parse the content of a file.

        :raises ValueError: with a predicate such as ``is not JSON``, if it cannot be used.
        """
        if len(data) > cls.max_size:
            raise ValueError(f"is larger than {cls.max_size // 1024} KiB")
        try:
            file = cls.model_validate_json(data)
        except ValidationError as invalid:
            raise ValueError(cls._first_error(invalid)) from None
        json.loads(data, object_pairs_hook=refuse_duplicates)
        return file

    @classmethod
    def read(cls, data: FileContent) -> Self | str:
        """Return the file, or a predicate with the reason if it cannot be used."""
        if isinstance(data, Refusal):
            return data.message
        try:
            return cls.parse(data)
        except ValueError as problem:
            return str(problem)

    def dump(self) -> bytes:
        """Return the content of a file in canonical form.

        :raises FepError: it would be larger than a file that is read.
        """
        text = json.dumps(self.model_dump(mode="json"), indent=2, sort_keys=True) + "\n"
        if len(text) > self.max_size:
            size, largest = (count // 1024 for count in (len(text) + 1023, self.max_size))
            raise FepError(
                f"the results of {self.command} for proposal {self.number} take {size} KiB, but "
                f"files over {largest} KiB are not read; nothing was written for it"
            )
        return text.encode("ascii")

    @classmethod
    def renumber(cls, data: bytes, number: int) -> bytes:
        """Return the file *data* with another proposal number; unchanged if it cannot be parsed."""
        try:
            return cls.parse(data).model_copy(update={"number": number}).dump()
        except ValueError:
            return data

    @classmethod
    def _first_error(cls, invalid: ValidationError) -> str:
        """Return a predicate that names the first wrong part, as ``snippets.sanic-view.state``."""
        error = invalid.errors(include_url=False, include_input=False)[0]
        if error["type"] == "json_invalid":
            return "is not JSON"
        message = f"does not have the format of `{cls.command}`"
        part = quote(".".join(map(str, error["loc"])))
        return f"{message}, see {part}" if error["loc"] else message


def refuse_duplicates(pairs: list[tuple[str, object]]) -> None:
    """Refuse a repeated key. JSON parsers take the last one, people may read the first."""
    for name, count in Counter(name for name, _value in pairs).items():
        if count > 1:
            raise ValueError(f"has {quote(name)} twice in one object")
