"""Find braces in a process that are no placeholders, such as ``{nmber}`` in a URL."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from .._text import join_words
from .model import Process
from .schema import InvalidDefinition, URL_PLACEHOLDERS


def placeholder_problems(process: Process) -> Iterator[InvalidDefinition]:
    """Yield URLs, texts and forms of titles with braces that are no placeholders."""
    yield from _template_problems(process)
    yield from _link_problems(process)


def _is_title_format(process: Process) -> bool:
    """Return whether headings in this format can be written and read again."""
    if process.title_format == "{title}":
        return True
    if not re.fullmatch(r"[^{}]*\{number(?::0[1-9])?\}[^{}\w]+\{title\}", process.title_format):
        return False
    number, _separator, title = process.split_title(process.heading(7, "Views"))
    return (number, title) == (7, "Views")


def _template_problems(process: Process) -> Iterator[InvalidDefinition]:
    """Yield templates of URLs with braces that are no placeholders."""
    numbered = r"\{0(?::0[1-9])?\}"
    if problem := brace_problem(process.url, "0", numbered):
        yield InvalidDefinition(problem, ("url",))
    if process.title_format:
        if process.title_source != "heading":
            message = "'title_format' is for headings; add title_source = \"heading\", or remove it"
            yield InvalidDefinition(message, ("title_format",))
        elif not _is_title_format(process):
            message = (
                f"{process.title_format!r} must have {{number}}, a sign or a blank, and {{title}}; "
                f"write one such as {process.acronym} {{number}}: {{title}}"
            )
            yield InvalidDefinition(message, ("title_format",))
    for n, banner in enumerate(process.banners):
        problem = brace_problem(banner.text_with, "0")
        if banner.text_with and "{0}" not in banner.text_with:
            problem = "'text_with' must contain {0}, for what the author adds"
        if problem:
            yield InvalidDefinition(
                f"banner {banner.name!r}: {problem}", ("banner", n, "text_with")
            )
    for n, role in enumerate(process.roles):
        for key, template in (("url", role.url), ("text", role.text)):
            if problem := brace_problem(template, "0", numbered):
                yield InvalidDefinition(f"role {role.name!r}: {problem}", ("role", n, key))
        if "{0" not in role.url:
            yield InvalidDefinition(
                f"role {role.name!r}: 'url' must contain {{0}}", ("role", n, "url")
            )
    for n, inventory in enumerate(process.inventories):
        parts = inventory.file.split("/")
        if "" in parts or ".." in parts or re.search(r"[*?\[\\]", inventory.file):
            message = (
                f"inventory {inventory.name!r}: 'file' must be a path inside the repository, "
                "such as fep/inventories/python.inv"
            )
            yield InvalidDefinition(message, ("inventory", n, "file"))
    if host := process.repository:
        for key, names in (
            ("file_url", ("url", "path")), ("history_url", ("url", "path")),
            ("commit_url", ("url", "commit")), ("edit_url", ("url", "path")),
            ("lines_url", ("url", "path", "commit", "first", "last")),
        ):  # fmt: skip
            if problem := brace_problem(getattr(host, key), names):
                yield InvalidDefinition(problem, ("repository", key))
        if set("{}") & set(host.url):
            message = f"{host.url!r} has a brace; write the URL of the repository"
            yield InvalidDefinition(message, ("repository", "url"))


def _link_problems(process: Process) -> Iterator[InvalidDefinition]:
    """Yield links with braces that their patterns do not fill."""
    for n, link in enumerate(process.links):
        known = rf"\{{(?:{'|'.join(URL_PLACEHOLDERS)})\}}"
        for pattern in link.patterns:
            if problem := brace_problem(pattern, URL_PLACEHOLDERS):
                yield InvalidDefinition(problem, ("link", n, "pattern"))
        shared = set.intersection(*(set(re.findall(known, p)) for p in link.patterns))
        if link.names and "{name}" not in shared:
            message = "'names' needs {name} in each pattern; add it, or remove 'names'"
            yield InvalidDefinition(message, ("link", n, "names"))
        for key, template in (("url", link.url), ("text", link.text)):
            unknown = [hole for hole in re.findall(r"\{\w*\}", template) if hole not in shared]
            if unknown or brace_problem(template, URL_PLACEHOLDERS):
                hole = next(iter(unknown), template)
                message = f"{hole!r} is not in each pattern of the link; correct or remove it"
                yield InvalidDefinition(message, ("link", n, key))


def brace_problem(template: str, names: Iterable[str], placeholder: str = "") -> str:
    """Return what is wrong with the braces in a template; empty if nothing is.

    :param names: the names that may be in braces
    :param placeholder: a regular expression for what may be in braces, if names are not all
    """
    pattern = placeholder or "|".join(rf"\{{{name}\}}" for name in names)
    if not set("{}") & set(re.sub(pattern, "", template)):
        return ""
    usable = join_words(f"{{{name}}}" for name in names)
    return f"{template!r} has a brace that is no placeholder; use {usable}"
