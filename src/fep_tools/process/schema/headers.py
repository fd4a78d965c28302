"""The table ``[[header]]``: roles, kinds and options of headers."""

from __future__ import annotations

from functools import cached_property
from typing import Any, get_args, Literal

from pydantic import Field, field_validator, StrictBool

from ..values import Count, Name, Names, Text
from .conditions import Conditions
from .table import one_or_list, Table

Role = Literal[
    "number", "title", "authors", "scribe", "sponsor", "delegate", "discussion", "status",
    "type", "topics", "target", "requires", "created", "version", "removed", "replaces",
    "superseded_by", "upstream", "posts", "review_until", "review_by", "resolution",
    "retroactive", "history",
]  # fmt: skip
"""The meaning of a header, whatever the community calls it."""

Kind = Literal[
    "text", "choice", "choices", "flag", "number", "numbers", "date", "version", "versions", "url",
    "urls", "people", "record", "records",
]  # fmt: skip
"""The kinds of value that a header can have; :mod:`fep_tools.proposals.fields` reads them."""

DateFormat = Literal[
    "YYYY-MM-DD", "DD-mmm-YYYY", "D-mmm-YYYY", "D mmm YYYY", "YYYY/MM/DD", "YYYY Month D",
]  # fmt: skip
"""A way to write dates; :mod:`fep_tools.proposals.fields.dates` reads and writes them."""

URL_PLACEHOLDERS = ("slug", "id", "name", "hash", "month", "serial", "rest")
"""Names in braces in the URL patterns of a header."""

RECORD_PLACEHOLDERS = ("date", "status", "url")
"""Names in braces in the formats of a record."""

EVIDENCE_ROLES = ("upstream", "resolution", "history")
"""Roles of headers with the evidence of a decision."""


class Header(Table):
    """A header: its name, its value, and when it is required or forbidden.

    *distinct_from* names headers that must name other people. The keys from *choices* on are for
    some kinds only; the readers in :mod:`fep_tools.proposals.fields` implement them.
    """

    name: Name
    kind: Kind
    role: Role | None = None
    formerly: Names = ()
    summary: Text = ""
    required: Conditions = False
    forbidden: Conditions = False
    allow_empty: StrictBool = False
    past_only: StrictBool = False
    distinct_from: Names = ()
    choices: Names = ()
    initial: Text = ""
    """The value in a new proposal that is made without a template; ``{created}`` is its date."""
    special_values: Names = ()
    """Words in place of a value, such as ``Pending``."""
    date_formats: tuple[DateFormat, ...] = Field(
        alias="date_format",
        default=("YYYY-MM-DD",),
        min_length=1,
        description='a date format, such as "YYYY-MM-DD", or a list of them',
        json_schema_extra=one_or_list,
    )
    """The ways to write a date; fixes and new proposals have the first."""
    record_formats: Names = ("{url}",)
    allowed_urls: Names = ()
    refused_urls: Names = ()
    separator: Literal["either", "comma", "line"] = "either"
    max_length: Count = 0
    """In characters; 0 for any."""
    sorted: StrictBool = False
    leading_zeros: StrictBool = False
    version_wildcards: StrictBool = False
    """Whether a version may be ``3.x``."""
    major_versions: tuple[Count, ...] = ()
    zero_patch: StrictBool = True
    """Whether the first release of a series may be ``3.1.0`` and not only ``3.1``."""
    trailing_text: StrictBool = False
    """Whether text may follow a choice, as in ``Withdrawn (superseded by 7)``."""
    linked_numbers: StrictBool = False
    """Whether numbers may be written as labels and links: ``NEP 50`` and ``:ref:`NEP50```."""
    repeated: StrictBool = False
    """Whether the header may be written several times; the values are joined."""
    one_person: StrictBool = False
    emails: StrictBool = True
    plain_names: StrictBool = False
    """Whether names have letters only, and are written before e-mail addresses."""
    handle_required: StrictBool = False
    """Whether one of the people needs a handle, such as ``(@ada)``."""
    refused_words: Names = ()
    """Words and signs that a text may not have, in any case."""
    permanent_urls: StrictBool | None = None
    """Whether a URL may not name a branch; by default in headers with evidence of a decision."""

    @field_validator("date_formats", mode="before")
    @classmethod
    def _list_date_formats(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @property
    def date_format(self) -> DateFormat:
        """The way in which dates are written, of those that may be read."""
        return self.date_formats[0]

    @property
    def is_free_list(self) -> bool:
        """True if entries may be links, or in several headers, so that no fix joins them anew."""
        return self.linked_numbers or self.repeated

    @property
    def has_permanent_urls(self) -> bool:
        """True if what its URLs lead to must not change."""
        if self.permanent_urls is None:
            return self.role in EVIDENCE_ROLES
        return self.permanent_urls

    @cached_property
    def key(self) -> str:
        """The name of its value in the catalog: its role, or else its name in lower case.

        A header called ``Title`` without that role is not the title: its key is ``title_header``.
        """
        name = self.name.lower().replace(" ", "_").replace("-", "_")
        return self.role or (f"{name}_header" if name in RESERVED_KEYS else name)


RESERVED_KEYS = frozenset(get_args(Role)) | {
    "abstract", "changed", "group", "history_complete", "intervals", "notes", "path", "related",
    "required_by", "url", "versions",
}  # fmt: skip
"""Keys of the catalog that are no names of headers: roles, and what is computed."""
