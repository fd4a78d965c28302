"""The table ``[[header]]``."""

from __future__ import annotations

from functools import cached_property
from typing import Any, get_args, Literal

from pydantic import Field, field_validator, StrictBool

from ..values import Count, Name, Names, Text, Texts
from .conditions import Conditions
from .kinds import Kind, Role
from .table import one_or_list, Table

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

    The readers in :mod:`fep_tools.proposals.fields` implement the options of the kinds.
    """

    name: Name
    """The name, as proposals write it."""
    kind: Kind
    """The kind of its value."""
    role: Role | None = None
    """What the header is for, whatever its name."""
    formerly: Names = ()
    """Former names."""
    summary: Text = ""
    """What the header has, in one sentence."""
    required: Conditions = False
    """When a proposal must have it."""
    forbidden: Conditions = False
    """When a proposal must not have it."""
    allow_empty: StrictBool = False
    """Whether it may be there without a value."""
    past_only: StrictBool = False
    """Whether dates must not be in the future."""
    distinct_from: Names = ()
    """Headers that must name other people."""
    choices: Names = ()
    """The values of a choice. Those of the roles ``status``, ``type`` and ``history`` are defined
    by their tables."""
    summaries: Texts = Field({})
    """A text for each choice, which its list shows."""
    initial: Text = ""
    """The value in a new proposal that is made without a template; ``{created}`` is its date, and
    ``{title}`` its title."""
    special_values: Names = ()
    """Words that are accepted in place of a value, such as ``Pending``."""
    date_formats: tuple[DateFormat, ...] = Field(
        alias="date_format",
        default=("YYYY-MM-DD",),
        min_length=1,
        description='a date format, such as "YYYY-MM-DD", or a list of them',
        json_schema_extra=one_or_list,
    )
    """How dates are written. All forms in a list are accepted; fixes and new proposals have the
    first. ``DD-mmm-YYYY`` is 08-Feb-2012, ``D-mmm-YYYY`` 8-Feb-2012, ``D mmm YYYY`` 8 Feb 2012, and
    ``YYYY Month D`` 2012 February 8."""
    record_formats: Names = ("{url}",)
    """How a record is written, with ``{date}``, ``{status}`` and ``{url}``."""
    allowed_urls: Names = ()
    """Patterns of URLs, with ``{slug}``, ``{id}``, ``{name}``, ``{hash}``, ``{month}``,
    ``{serial}`` (six or seven digits) and ``{rest}``. Without it, any URL is accepted."""
    refused_urls: Names = ()
    """Patterns of URLs that are not accepted, with the same placeholders; begin them with
    ``https://``. It makes no difference whether a URL has ``http`` or no scheme, capitals, ``www.``
    in front, a dot after the host, or the default port. Another port or subdomain does, and so does
    another way to write the path."""
    separator: Literal["either", "comma", "line"] = "either"
    """What is between the entries of a list."""
    max_length: Count = 0
    """The largest number of characters; 0 for any."""
    sorted: StrictBool = False
    """Whether a list must be sorted."""
    leading_zeros: StrictBool = False
    """Whether numbers may have leading zeros."""
    version_wildcards: StrictBool = False
    """Whether a version may be ``3.x``."""
    major_versions: tuple[Count, ...] = ()
    """The numbers that versions may begin with. Without it, any number is accepted."""
    zero_patch: StrictBool = True
    """Whether the first release of a series may be ``3.1.0`` and not only ``3.1``."""
    trailing_text: StrictBool = False
    """Whether text may follow a choice, as in ``Withdrawn (superseded by 7)``, or a comma after a
    person, as in ``Ada Lovelace, Analytical Society``; people may then be links, too. Pages show
    the text after a choice."""
    linked_numbers: StrictBool = False
    """Whether numbers may be written as labels and links: ``NEP 50``, ``:ref:`NEP50```, ``:ref:`the
    text <slep_006>``` or ``[50]_``."""
    repeated: StrictBool = False
    """Whether the header may be written several times; the values are joined."""
    one_person: StrictBool = False
    """Whether only one person may be named."""
    emails: StrictBool = True
    """Whether people may have an e-mail address."""
    plain_names: StrictBool = False
    """Whether names have letters only, and are written before e-mail addresses."""
    bare_handles: StrictBool = False
    """Whether a handle alone, such as ``@ada``, may be written for a person."""
    handle_required: StrictBool = False
    """Whether at least one person needs a handle, such as ``(@ada)``."""
    refused_words: Names = ()
    """Words and signs that a text may not have, such as ``standard`` or ``:``, in any case."""
    permanent_urls: StrictBool | None = None
    """Whether a URL may not name a branch. Without it, that is so for the roles ``upstream``,
    ``resolution`` and ``history``."""

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
        """True if entries may have links or text, or be in several headers, so that no fix joins
        them anew."""
        return self.linked_numbers or self.repeated or self.trailing_text

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
    "abstract", "affected", "changed", "decided_text", "group", "history_complete", "intervals",
    "notes", "open_questions", "path", "related", "required_by", "url", "versions",
}  # fmt: skip
"""Keys of the catalog that are no names of headers: roles, and what is computed."""
