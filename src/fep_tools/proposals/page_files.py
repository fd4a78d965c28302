"""The files in the directories of pages: which are pages of the site, and which are left out."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Mapping
from fnmatch import fnmatchcase
from pathlib import PurePosixPath

from .._files import as_text, FileContent, is_text, MAX_FILE_BYTES, Refusal
from .._text import is_utf8, join_words, with_plain_blanks
from ..process.model import Process
from ..process.schema import MARKDOWN, PageDirectory
from .discovery import matches
from .model import Corpus, Proposal
from .rst.allowlist import hidden_character, url_scheme

IS_LINK = "is a symbolic link, which is not followed"

TOO_LARGE = f"is larger than {MAX_FILE_BYTES // 1024**2} MiB"

NOT_UTF8 = "has a name that is not UTF-8"

MAX_NAME_BYTES = 240
"""The longest name of a page. Systems allow 255 bytes, and Sphinx adds a suffix: ``.doctree``."""

MAX_PATH_BYTES = 1000
"""The longest path of a page. Systems allow 4,096 bytes, also for the cache of a build."""

MAX_DIRECTORIES = 100
"""How deep a page may be. Python makes the directories above a file in a recursion."""

DIRECTORY_OF_SEARCH = "pagefind"
"""The directory of a site in which the program of that name has its files."""

PAGES_OF_SITE = frozenset(("404", "genindex", "search"))
"""Pages that are made from templates, and that search engines should not find."""

_FILES_AT_TOP = (".atom", ".ics", ".inv", ".js", ".json", ".txt", ".xml")
"""The ends of the names of files that a site has at its top, such as ``robots.txt``."""

_FILES_BELOW = {"api": ".json", "badge": ".svg", "feeds": ".atom"}
"""The same for directories of the site, such as ``api/proposals/0011.json``."""


_DIRECTORIES = (
    ".doctree", ".fjson", ".fpickle", ".pseudoxml", ".tmp", ".txt", ".xhtml", ".xml",
)  # fmt: skip
"""The ends of the names of files that builders make for a page: ``a.doctree`` for ``a``."""


def page_suffixes(process: Process) -> tuple[str, ...]:
    """Return the ends of the names of files that are pages: ``.txt`` if proposals have it, too."""
    text = (".txt",) if process.files.is_proposal_text("x.txt") else ()
    return (*MARKDOWN, ".rst", *text)


def page_name(proposal: Proposal, corpus: Corpus, process: Process) -> str:
    """Return ``fep-0011``, or the path of a file that has no number or another's number."""
    if proposal.number is None and proposal.written_number:
        return process.slug(proposal.written_number)
    if proposal.number is None or corpus.get(proposal.number) is not proposal:
        return posixpath.splitext(proposal.path)[0]
    return process.slug(proposal.number)


def name_problem(page: str) -> str:
    """Return why no page can have a name, as the end of a sentence, or ``""``.

    The page ``guides/index.html`` would be the file ``guides/index.html/index.html``, but the page
    ``guides`` is a file where that has a directory. The build could write only one of them.
    """
    if not is_utf8(page):
        return NOT_UTF8
    # TeX would obey the first ones in the names of labels, and themes write the others into HTML.
    if re.search(r"""[\\{}^%"'&<>`]""", page):
        return "has a name with one of the characters \\ { } ^ % \" ' & < > `"
    if hidden_character(page) or re.search(r"[\t\n]", page):
        return "has a name with an invisible character"  # which its page and links would show
    if url_scheme(page):
        return "has a name that begins like a URL, to which links to it would lead"
    parts = page.lower().split("/")
    if any(len(part.encode()) > MAX_NAME_BYTES for part in parts):
        return f"has a name of more than {MAX_NAME_BYTES} bytes"
    if len(page.encode()) > MAX_PATH_BYTES:
        return f"has a path of more than {MAX_PATH_BYTES:,} bytes"
    if len(parts) > MAX_DIRECTORIES:
        return f"is in more than {MAX_DIRECTORIES} directories"
    below = _FILES_BELOW.get(parts[0], ".html")
    is_file = any(part.endswith((".html", below)) for part in parts)
    if is_file or parts[0].endswith(_FILES_AT_TOP):
        return "has the name of a file that is no page, such as index.html or robots.txt"
    if any(part.endswith(_DIRECTORIES) for part in parts[:-1]):
        return "is in a directory with the name of a file that builders make, such as a.doctree"
    # These are written after all others, and nav.xhtml is the contents of an EPUB.
    if page.lower() in (*PAGES_OF_SITE, "nav"):
        return "has the name of a page of the site itself"
    if parts[0] == DIRECTORY_OF_SEARCH:  # which the build removes, and writes anew
        return f"has the name of the directory of the search, {DIRECTORY_OF_SEARCH}"
    return ""


def page_of_file(path: str, process: Process) -> str:
    """Return the name of the page of a file in a directory of pages; empty if it is in none.

    ``peps/pep-0012/appendix-a.rst`` gives ``pep-0012/appendix-a``, if the process says so.
    """
    found = (_page_in(path, entry) for entry in process.page_directories)
    return next(filter(None, found), "")


def is_page(path: str, process: Process) -> bool:
    """Return whether a file is a page of the site in a directory of pages, by its path."""
    if not any(_is_meant(path, entry) for entry in process.page_directories):
        return False
    is_proposal = matches(path, process.files.include, process.files.exclude)
    return path.endswith(page_suffixes(process)) and not is_proposal


def directories_above(path: str, process: Process) -> set[str]:
    """Return the directories above a file in a directory of pages, and above its page on the site.

    ``peps/pep-0012/appendix-a.rst`` gives ``peps``, ``peps/pep-0012`` and ``pep-0012``. A file
    that is in no directory of pages gives none.
    """
    page = page_of_file(path, process)
    parents = (*PurePosixPath(path).parents, *PurePosixPath(page).parents) if page else ()
    return {str(parent) for parent in parents} - {"."}


def directories_of_pages(path: str, process: Process) -> set[str]:
    """Return the directories with the pages that belong to a proposal.

    They are below its page on the site, or in its own directory: ``pep-0012`` and
    ``peps/pep-0012`` for ``peps/pep-0012.rst``.
    """
    files = process.files
    parts = files.match(path)
    number = int(parts["number"]) if parts else files.written_number(path)
    return {files.own_directory(path), *([] if number is None else [process.slug(number)])}


def _page_in(path: str, entry: PageDirectory) -> str:
    directory = "/".join(path.split("/")[: entry.directory.count("/") + 1])
    if directory == path or not _is_directory(directory, entry):
        return ""
    before, _star, after = entry.directory.partition("*")
    star = directory.removeprefix(before).removesuffix(after)
    name = posixpath.splitext(path.removeprefix(f"{directory}/"))[0]
    return f"{entry.path.replace('*', star)}/{name}"


def _is_directory(path: str, entry: PageDirectory) -> bool:
    """Return whether a path is that of a directory of pages."""
    is_as_deep = path.count("/") == entry.directory.count("/")
    return is_as_deep and fnmatchcase(path, entry.directory)


def judge_page_files(
    paths: Iterable[str],
    process: Process,
    links: Callable[[str], bool],
    read: Callable[[str], FileContent],
) -> dict[str, str]:
    """Return why each of the files in directories of pages is not published; empty if it is.

    Files that a page names are the concern of that page: it shows an image, or reads a table.
    Files whose names do not match the pattern of their directory are left out on purpose.

    :param links: Whether a path is that of a symbolic link.
    :param read: Returns the content of a file.
    """
    include, exclude = process.files.include, process.files.exclude
    paths = [path for path in paths if not matches(path, include, exclude)]
    problems: dict[str, str] = {}
    suffixes = page_suffixes(process)
    for entry in process.page_directories:
        own = {path for path in paths if _is_meant(path, entry)}
        own |= {path for path in paths if _is_directory(path, entry) and links(path)}
        names = {p: name_problem(_page_in(p, entry)) for p in own if p.endswith(suffixes)}
        pages = {p for p, problem in names.items() if not problem and not links(p)}
        others = sorted(own - pages)
        sources = {path: read(path) for path in sorted(pages)}
        texts = [as_text(source) for source in sources.values()] if others else []
        problems |= {path: text_problem(source) for path, source in sources.items()}
        for path in others:
            if links(path):
                problems[path] = IS_LINK
            elif not is_utf8(path):
                problems[path] = NOT_UTF8
            elif names.get(path):
                problems[path] = names[path]
            elif not any(posixpath.basename(path) in text for text in texts):
                kinds = join_words(suffixes)
                problems[path] = f"is no page ({kinds}), and no page in its directory names it"
    return _without_clashes(problems, process)


def _without_clashes(problems: Mapping[str, str], process: Process) -> dict[str, str]:
    """Return why each file is not published, which may be that another has the same URL.

    Of ``guide.rst``, ``guide.md`` and ``guide/index.rst``, the first one is published.
    """
    files: dict[str, str] = {}
    result = {}
    for path in sorted(problems, key=lambda path: (not path.endswith(".rst"), path)):
        result[path] = problems[path]
        if not problems[path]:
            other = files.setdefault(page_of_file(path, process).removesuffix("/index"), path)
            if other != path:
                result[path] = f"is for the same page as {other}"
    return dict(sorted(result.items()))


def text_problem(source: FileContent, *, allows_hidden: bool = False) -> str:
    """Return why a page cannot be read, or ``""``.

    :param allows_hidden: Whether it may have characters that control a terminal or reorder text.
    """
    if isinstance(source, Refusal):
        return TOO_LARGE if "MiB" in source.message else source.message
    if not is_text(source):
        return "is not UTF-8"
    if allows_hidden:
        return ""
    # As in proposals: a form feed is white space, and a line may end with CR and LF.
    text = with_plain_blanks(as_text(source)).replace("\r", "\n")
    character = hidden_character(text)
    return f"has the invisible character U+{ord(character):04X}" if character else ""


def _is_meant(path: str, entry: PageDirectory) -> bool:
    """Return whether a path is in a directory of pages and matches its pattern."""
    return bool(_page_in(path, entry)) and fnmatchcase(posixpath.basename(path), entry.files)


def clashing_pages(corpus: Corpus, process: Process) -> Mapping[str, str]:
    """Return the files in directories of pages that have the URL of a proposal, with its path."""
    taken = {page_name(proposal, corpus, process): proposal.path for proposal in corpus}
    pages = [path for path, problem in corpus.page_files.items() if not problem]
    names = {path: page_of_file(path, process).removesuffix("/index") for path in pages}
    return {path: taken[name] for path, name in names.items() if name in taken}
