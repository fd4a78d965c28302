"""The tables ``[files]`` and ``[repository]``: paths of proposals, and URLs of a host."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from fnmatch import fnmatchcase
from functools import cached_property
from typing import Any, Self
from urllib.parse import quote

from pydantic import Field, field_validator, model_validator, StrictBool

from ..._numbers import digits_pattern, NUMBER, WRITTEN
from ..values import Names, UrlTemplate, WebUrl
from .table import InvalidDefinition, one_or_list, Table

MARKDOWN = (".md", ".markdown")
"""The ends of the names of files in Markdown."""

TEXTS = (*MARKDOWN, ".rst", ".txt")
"""The ends of the names of files that may be meant as proposals."""


class Files(Table):
    """The paths of proposals, and the meaning of their parts."""

    patterns: Names = Field(
        alias="pattern",
        min_length=1,
        description='a pattern, such as "proposals/{number:04}.rst", or a list of them',
        json_schema_extra=one_or_list,
    )
    """The path of a proposal with ``{number}``, or ``{number:04}`` for at least four digits, and
    perhaps ``{status}`` and ``{slug}``, which may be there twice; or a list of them, of which new
    proposals have the first. The number has digits only, unless ``written_numbers`` is set."""
    include: Names = Field(min_length=1)
    """Patterns of the files to check, with the wildcards ``*``, ``?`` and ``[0-9]``."""
    exclude: Names = ()
    """Patterns of files not to check."""
    images: Names = ()
    """Directories with images that proposals may show, besides those next to them."""
    included: Names = ()
    """Patterns of files in UTF-8 that proposals may include or show as code, with the directives
    ``include`` and ``literalinclude``: those in a proposal's own directory or below it. Without
    any, these directives are refused."""

    handbook: Names = ()
    """Patterns of pages of the site that may read other files, insert HTML and use directives of
    Sphinx extensions, such as ``literalinclude``, ``raw`` and ``automodule``. ``fep build`` refuses
    this to all other pages, since anybody can propose one. ``fep check --base`` names the pages of
    the handbook that a change affects."""
    written_numbers: StrictBool = False
    """Whether files may have numbers such as ``22a`` and ``7.1`` where the pattern has
    ``{number}``. Such a proposal has a page and a history under this number, and is in the lists.
    Other proposals cannot name it in headers, and commands take whole numbers only."""

    @field_validator("patterns", mode="before")
    @classmethod
    def _list_patterns(cls, value: Any) -> Any:
        return (value,) if isinstance(value, str) else value

    @property
    def pattern(self) -> str:
        """The pattern of new proposals."""
        return self.patterns[0]

    @cached_property
    def _patterns(self) -> list[re.Pattern[str]]:
        return [self._compile(pattern) for pattern in self.patterns]

    @cached_property
    def _written_patterns(self) -> list[re.Pattern[str]]:
        return [self._compile(pattern, WRITTEN) for pattern in self.patterns]

    def _compile(self, template: str, number: str = "") -> re.Pattern[str]:
        # "proposals/fep-{number:04}.rst" splits into "proposals/fep-", "number", "4", ".rst".
        parts = re.split(r"\{(\w+)(?::0(\d))?\}", template)
        pattern = ""
        for literal, name, digits in zip(parts[::3], parts[1::3], parts[2::3], strict=False):
            holes = {
                "number": number or (digits_pattern(int(digits)) if digits else NUMBER),
                "status": "[^/]+",
                "slug": "[^/]+",
            }
            # The slug may be in the names of a directory and a file, which may differ.
            hole = holes[name] if f"<{name}>" in pattern else f"(?P<{name}>{holes[name]})"
            pattern += re.escape(literal) + hole
        return re.compile(pattern + re.escape(parts[-1]))

    @property
    def readable_pattern(self) -> str:
        """The pattern with capitals for its parts: ``proposals/fep-NNNN.rst``."""
        digits = re.sub(r"\{number(?::0(\d))?\}", lambda m: "N" * int(m[1] or 1), self.pattern)
        return digits.format(status="STATUS", slug="TITLE")

    def match(self, path: str) -> dict[str, str] | None:
        """Return the parts of a proposal's path by their names in *pattern*.

        Other paths give ``None``.
        """
        matches = (pattern.fullmatch(path) for pattern in self._patterns)
        return next((match.groupdict() for match in matches if match), None)

    def written_number(self, path: str) -> str | None:
        """Return the number in a proposal's path that is not whole, such as ``22a``.

        Without ``written_numbers``, there is none.
        """
        patterns = self._written_patterns if self.written_numbers else []
        matches = (pattern.fullmatch(path) for pattern in patterns)
        return next((match["number"].lstrip("0") for match in matches if match), None)

    def own_directory(self, path: str) -> str:
        """Return the directory that belongs to one proposal, whether there is one or not.

        ``slep021`` for ``slep021/proposal.rst``, and ``peps/pep-0012`` for ``peps/pep-0012.rst``.
        """
        directory = posixpath.dirname(path)
        patterns = [*self._patterns, *(self._written_patterns if self.written_numbers else ())]
        matches = filter(None, (pattern.fullmatch(path) for pattern in patterns))
        is_numbered = any(match.end("number") <= len(directory) for match in matches)
        return directory if is_numbered else posixpath.splitext(path)[0]

    def renumbered(self, path: str, number: int) -> str | None:
        """Return the path of a proposal with another number; ``None`` if it is not one of theirs.

        ``slep021/proposal.rst`` becomes ``slep025/proposal.rst``.
        """
        for pattern, template in zip(self._patterns, self.patterns, strict=True):
            if match := pattern.fullmatch(path):
                padding = re.search(r"\{number(?::0(\d))?\}", template)
                width = int(padding[1] or 0) if padding else 0
                start, end = match.span("number")
                return f"{path[:start]}{number:0{width}}{path[end:]}"
        return None

    def with_status(self, path: str, directory: str) -> str | None:
        """Return the path of a proposal in another directory for a status.

        ``draft/0007-x.rst`` becomes ``accepted/0007-x.rst``.

        :return: ``None`` if no directory in the path stands for a status
        """
        for pattern in self._patterns:
            match = pattern.fullmatch(path)
            if match and "status" in pattern.groupindex:
                start, end = match.span("status")
                return f"{path[:start]}{directory}{path[end:]}"
        return None

    def numbers(self, paths: Iterable[str]) -> dict[int, str]:
        """Return those of *paths* that have a number, by that number."""
        matches = ((self.match(path), path) for path in sorted(paths))
        return {int(parts["number"]): path for parts, path in matches if parts}

    def is_misplaced(self, path: str) -> bool:
        """Return whether a file has the name of a proposal, and is not among those to check.

        ``proposals/old/FEP-0007.txt`` for ``proposals/fep-{number:04}.rst``. Nothing reads it.
        """
        if _matches(path, self.include) or any(fnmatchcase(path, glob) for glob in self.exclude):
            return False
        stem, suffix = posixpath.splitext(path.casefold())
        return suffix in TEXTS and any(pattern.fullmatch(stem) for pattern in self._names)

    @cached_property
    def _names(self) -> list[re.Pattern[str]]:
        """The patterns from the part with the number, in any directory, without a suffix."""
        # "proposals/slep{number:03}/proposal.rst" becomes "slep{number:03}/proposal".
        parts = (re.search(r"[^/]*\{number.*", pattern.casefold()) for pattern in self.patterns)
        names = (posixpath.splitext(part[0])[0] for part in parts if part)
        return [re.compile(f"(?:.*/)?{self._compile(name).pattern}", re.DOTALL) for name in names]

    def is_proposal_text(self, path: str) -> bool:
        """Return whether a file may be a proposal, by its extension."""
        expected = {posixpath.splitext(pattern)[1] for pattern in self.patterns}
        return posixpath.splitext(path)[1] in {"", *expected, *MARKDOWN}

    @staticmethod
    def is_markdown(path: str) -> bool:
        """Return whether the text of a proposal is in Markdown, by its extension."""
        return path.lower().endswith(MARKDOWN)

    def image_path(self, path: str, url: str) -> str | None:
        """Return the path of an image; ``None`` if it is not where a proposal may have images.

        :param path: The path of the proposal.
        :param url: The URL in it, such as ``../images/a.png``.
        """
        directory = posixpath.dirname(path)
        image = posixpath.normpath(posixpath.join(directory, url))
        directories = (directory, *self.images)
        is_allowed = any(not name or image.startswith(f"{name}/") for name in directories)
        return image if is_allowed and not image.startswith("../") else None

    def is_included(self, path: str) -> bool:
        """Return whether proposals may include a file."""
        return self.is_beside(path, self.included)

    def is_handbook(self, path: str) -> bool:
        """Return whether a page of the site may read other files."""
        return self.is_beside(path, self.handbook)

    def is_beside(self, path: str, globs: Iterable[str]) -> bool:
        """Return whether a file matches one of *globs* and is no proposal."""
        is_proposal = _matches(path, self.include) and not _matches(path, self.exclude)
        return _matches(path, globs) and not is_proposal

    def path(self, number: int, **parts: str) -> str:
        """Return the path of a proposal; *parts* are its ``status`` and ``slug``."""
        return self.pattern.format(number=number, **parts)

    @model_validator(mode="after")
    def _check_pattern(self) -> Self:
        for pattern in self.patterns:
            names = re.findall(r"\{(\w+)", pattern)
            is_valid = re.fullmatch(
                r"(?:[^{}]|\{number(?::0[1-9])?\}|\{status\}|\{slug\})+", pattern
            )
            others = [name for name in names if name != "slug"]
            if not is_valid or "number" not in names or len(set(others)) != len(others):
                message = "'pattern' must contain {number}, and may contain {status} and {slug}"
                raise InvalidDefinition(message, ("pattern",))
            # Each matches anything but a slash: the time to tell that a path is none of these would
            # grow by a factor of its length for each of several in one name.
            slugs = [name.count("{slug}") for name in pattern.split("/")]
            if max(slugs) > 1 or sum(slugs) > 2:
                message = (
                    "'pattern' may contain {slug} twice: in the name of a directory and a file"
                )
                raise InvalidDefinition(message, ("pattern",))
            if pattern.startswith("/") or ".." in pattern.split("/"):
                message = "'pattern' must be a path inside the repository, such as fep-{number}.rst"
                raise InvalidDefinition(message, ("pattern",))
        for key, patterns, example in (
            ("included", self.included, "docs/*.py"),
            ("handbook", self.handbook, "docs/*.rst"),
        ):
            if any(p.startswith("/") or {"..", "", "."} & {*p.split("/")} for p in patterns):
                message = f"{key!r} must be patterns of files in the repository, such as {example}"
                raise InvalidDefinition(message, (key,))
        for directory in self.images:
            if directory.startswith("/") or {"..", "", "."} & {*directory.split("/")}:
                message = "'images' must be directories inside the repository, such as docs/images"
                raise InvalidDefinition(message, ("images",))
        return self


def _matches(path: str, globs: Iterable[str]) -> bool:
    """Return whether one of *globs* matches, in which ``*`` does not match a slash."""
    parts = path.split("/")
    patterns = (glob.split("/") for glob in globs)
    return any(len(p) == len(parts) and all(map(fnmatchcase, parts, p)) for p in patterns)


class Hosting(Table):
    """The public URL of the repository, for links to the source and to commits.

    Hosts differ in their URLs, so these are data of the process. A template is empty if the host
    has no such page.
    """

    url: WebUrl
    """The URL of the repository."""
    file_url: UrlTemplate = "{url}/blob/HEAD/{path}"
    """The URL of a file, with ``{url}`` and ``{path}``."""
    history_url: UrlTemplate = "{url}/commits/HEAD/{path}"
    """The URL of the history of a file, with ``{url}`` and ``{path}``."""
    commit_url: UrlTemplate = "{url}/commit/{commit}"
    """The URL of a commit, with ``{url}`` and ``{commit}``, its whole id."""
    edit_url: UrlTemplate = "{url}/edit/HEAD/{path}"
    """The URL at which a file can be edited, with ``{url}`` and ``{path}``."""
    lines_url: UrlTemplate = "{url}/blob/{commit}/{path}?plain=1#L{first}-L{last}"
    """The URL of lines of a file, with ``{url}``, ``{path}``, ``{commit}``, ``{first}`` and
    ``{last}``."""

    def url_of_file(self, path: str) -> str:
        """Return the URL of a file."""
        return self._fill(self.file_url, path=path)

    def url_of_history(self, path: str) -> str:
        """Return the URL of the history of a file."""
        return self._fill(self.history_url, path=path)

    def url_of_commit(self, commit: str) -> str:
        """Return the URL of a commit."""
        return self._fill(self.commit_url, commit=commit)

    def url_for_editing(self, path: str) -> str:
        """Return the URL at which a file can be edited."""
        return self._fill(self.edit_url, path=path)

    def template_of_lines(self, path: str, commit: str) -> str:
        """Return the URL of lines of a file at a commit, with ``{first}`` and ``{last}``."""
        return self._fill(self.lines_url, path=path, commit=commit)

    def _fill(self, template: str, **values: str) -> str:
        # str.format() would also fill braces that a path contains.
        url = template.replace("{url}", self.url.rstrip("/"))
        for name, value in values.items():
            url = url.replace(f"{{{name}}}", quote(value))
        return url
