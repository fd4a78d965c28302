"""The settings, the process and the baseline of a repository as they were at a commit."""

from __future__ import annotations

import os
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import TypeVar

from .. import config
from ..errors import ConfigError, ProcessError
from ..process.attachments import people_path
from .contents import RepositoryContents

AnyContents = TypeVar("AnyContents", bound=RepositoryContents)


def at_commit(contents: AnyContents, commit: str) -> tuple[AnyContents, list[str]]:
    """Return a repository with the settings, process and baseline of a commit.

    A change is checked by those of its base, since it may change them itself (see
    docs/security.rst, *sec-gate*). Where those of the base cannot be used, the present ones
    are in effect.

    :return: The repository, and why a file of the commit is not in effect, if so.
    """
    from ..history import snapshot

    git = contents.git
    problems = []
    texts = snapshot.read_settings(git, commit, [config.FILE])
    try:
        settings = config.parse(texts.get(config.FILE, ""))
    except ConfigError as problem:
        # Never a plugin that the change names.
        settings = replace(contents.settings, plugins=())
        problems.append(str(problem))
    people_file = people_path(settings.process)
    process_file = process_path(contents, settings)
    names = [process_file, settings.baseline, people_file]
    texts = snapshot.read_settings(git, commit, names)
    process_text = texts.get(process_file)
    if process_text is None and not _is_of_change(contents, process_file):
        process_text = contents.process_text
    elif process_text is None:
        problems.append(f"{process_file}: does not exist")
    elif invalid := _find_process_problem(process_text, process_file):
        process_text = None
        problems.append(invalid)
    baseline = texts.get(settings.baseline, "")
    if invalid := _find_baseline_problem(baseline, settings.baseline):
        baseline = contents.baseline_text
        problems.append(invalid)
    process_text = contents.process_text if process_text is None else process_text
    people = "" if contents.has_explicit_process else texts.get(people_file, "")
    if people and (invalid := _find_people_problem(people, people_file, process_text)):
        people = contents.people_text
        problems.append(invalid)
    contents = replace(
        contents,
        settings=settings,
        process_text=process_text,
        baseline_text=baseline,
        people_text=people,
    )
    return contents, problems


def process_path(contents: RepositoryContents, settings: config.Settings) -> str:
    """Return the path of the process file from the root; empty if it is in no commit.

    That is one that the settings name, or that the user has named, such as
    ``--process fep/process.toml`` in a workflow. Links on the way to it are not followed: a change
    may put one there, and in the place of ``fep`` it would lead to a file that the base does not
    have.
    """
    if not contents.has_explicit_process:
        return settings.process
    if not contents.named_process:
        return ""
    file, up = Path(contents.named_process), "../" * contents.git.prefix.count("/")
    resolved = os.path.join(os.path.realpath(file.parent), file.name)
    roots = os.path.abspath(contents.root), os.path.realpath(contents.root)
    for root, candidate in product(roots, (os.path.abspath(file), resolved)):
        if Path(candidate).is_relative_to(os.path.normpath(os.path.join(root, up))):
            return Path(os.path.relpath(candidate, root)).as_posix()
    return ""


def _is_of_change(contents: RepositoryContents, process_file: str) -> bool:
    """Return whether a process file that the base does not have comes from the change.

    A built-in one does not, nor one that the user has put there without a commit.
    """
    if not contents.has_explicit_process:
        return True
    return process_file in contents.git.entries("HEAD", outside=True)


def with_plugins_of(contents: AnyContents, base: str) -> AnyContents:
    """Return a repository with the plugins that the base names, and no others.

    A plugin is code. A change must not decide which code judges it.

    :param base: A revision, such as ``origin/main``.
    """
    from ..history import snapshot

    git = contents.git
    texts = snapshot.read_settings(git, git.merge_base(base), [config.FILE])
    try:
        plugins = config.parse(texts.get(config.FILE, "")).plugins
    except ConfigError:
        plugins = ()
    if plugins == contents.settings.plugins:
        return contents
    return replace(contents, settings=replace(contents.settings, plugins=plugins))


def _find_process_problem(text: str, name: str) -> str:
    from ..process.loader import parse_process

    try:
        parse_process(text, name)
    except ProcessError as problem:
        return str(problem)
    return ""


def _find_people_problem(text: str, name: str, process_text: str) -> str:
    from ..process.loader import parse_process
    from ..process.people_loader import with_people

    try:
        with_people(parse_process(process_text), text, name)
    except ProcessError as problem:
        return str(problem)
    return ""


def _find_baseline_problem(text: str, name: str) -> str:
    from ..lint import baseline

    try:
        if text:
            baseline.parse(text, name)
    except ConfigError as problem:
        return str(problem)
    return ""
