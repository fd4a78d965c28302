"""Files next to the proposals: of roles, of their notes, and the extensions that they affect.

Notes have the file of frameworks, which the process names under ``[notes]``, a lock file for each
framework in ``environments/`` beside it, and a file of results beside each proposal. The
extensions that a proposal affects are in another file beside it.
"""

from __future__ import annotations

from collections.abc import Iterable

RESULTS_SUFFIX = ".notes.json"
"""The end of the name of a file of results, as in ``proposals/fep-0011.notes.json``."""

AFFECTED_SUFFIX = ".extensions.json"
"""The end of the name of a file of affected extensions, as in ``fep-0019.extensions.json``."""

RESULTS_SUFFIXES = (RESULTS_SUFFIX, AFFECTED_SUFFIX)
"""The ends of the names of files that commands write beside a proposal, for its page."""

PEOPLE_FILE = "people.toml"
"""The name of the file of people, in the directory of the process file."""

CODEOWNERS_PATHS = (".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS", ".gitlab/CODEOWNERS")
"""Where GitHub and GitLab look for the file of code owners."""


def people_path(process_path: str) -> str:
    """Return the path of the file of people.

    :param process_path: That of the process file, such as ``fep/process.toml``.
    """
    return f"{process_path.rpartition('/')[0]}/{PEOPLE_FILE}".lstrip("/")


def affected_globs(watched: str, include: Iterable[str]) -> list[str]:
    """Return globs of the files of affected extensions, and of that of watched ones.

    :param watched: the path of the file of watched extensions.
    :param include: the globs of the proposals.
    """
    directories = sorted({glob.rpartition("/")[0] for glob in include})
    results = [f"{directory}/*{AFFECTED_SUFFIX}".lstrip("/") for directory in directories]
    return [watched, *results]


def is_about_extensions(path: str, watched: str) -> bool:
    """Return whether the file at *path* is about extensions, and is no proposal."""
    return path == watched or path.endswith(AFFECTED_SUFFIX)


def attachment_globs(frameworks_file: str, include: Iterable[str]) -> list[str]:
    """Return globs of all attachments.

    :param frameworks_file: the path of the file of frameworks.
    :param include: the globs of the proposals.
    """
    directories = sorted({glob.rpartition("/")[0] for glob in include})
    results = [f"{directory}/*{RESULTS_SUFFIX}".lstrip("/") for directory in directories]
    return [frameworks_file, lock_directory(frameworks_file) + "*.txt", *results]


def is_attachment(path: str, frameworks_file: str) -> bool:
    """Return whether the file at *path* belongs to notes, and is no proposal."""
    return (
        path == frameworks_file
        or path.startswith(lock_directory(frameworks_file))
        or path.endswith(RESULTS_SUFFIX)
    )


def lock_directory(frameworks_file: str) -> str:
    """Return the directory of the frameworks' lock files, with a slash at its end."""
    return f"{frameworks_file.rpartition('/')[0]}/environments/".lstrip("/")


def is_of_roles(path: str) -> bool:
    """Return whether a file says who has which role, or who owns paths."""
    return path.rpartition("/")[2] in (PEOPLE_FILE, "CODEOWNERS")
