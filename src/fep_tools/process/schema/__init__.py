"""The tables of a process file, each a frozen model that refuses unknown keys.

The handbook's reference of the process file (docs/processfile.rst) explains every key.
"""

from .conditions import any_applies, Condition, Conditions
from .files import Files, Hosting, MARKDOWN, TEXTS
from .headers import (
    DateFormat,
    EVIDENCE_ROLES,
    Header,
    RECORD_PLACEHOLDERS,
    RESERVED_KEYS,
    URL_PLACEHOLDERS,
)
from .kinds import Kind, Role
from .process_file import Dialect, ProcessFile
from .publishing import Alias, CopiedFile, Feed, HeaderLink, JsonFile, JsonKey, PageDirectory
from .table import InvalidDefinition, KeyPath, Table
from .tables import (
    Banner,
    Exemption,
    Extensions,
    IndexGroup,
    Listing,
    Notes,
    Redirect,
    Reserved,
    Section,
    Stage,
    Status,
    TextRole,
    Transition,
    Type,
)

__all__ = [
    "EVIDENCE_ROLES",
    "MARKDOWN",
    "RECORD_PLACEHOLDERS",
    "RESERVED_KEYS",
    "TEXTS",
    "URL_PLACEHOLDERS",
    "Alias",
    "Banner",
    "Condition",
    "Conditions",
    "CopiedFile",
    "DateFormat",
    "Dialect",
    "Exemption",
    "Extensions",
    "Feed",
    "Files",
    "Header",
    "HeaderLink",
    "Hosting",
    "IndexGroup",
    "InvalidDefinition",
    "JsonFile",
    "JsonKey",
    "KeyPath",
    "Kind",
    "Listing",
    "Notes",
    "PageDirectory",
    "ProcessFile",
    "Redirect",
    "Reserved",
    "Role",
    "Section",
    "Stage",
    "Status",
    "Table",
    "TextRole",
    "Transition",
    "Type",
    "any_applies",
]
