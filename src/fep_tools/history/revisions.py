"""Names of revisions, which people choose, and of which git knows several kinds."""

from __future__ import annotations

import re
from pathlib import Path

from .._text import join_words, quote
from ..errors import RepositoryError
from .gitcmd import run_git

# What a name of a revision may look like: "main", "v1.0~2", "origin/feature", "HEAD@{1}". Never
# an option, a range, a path in a tree (":a", "HEAD:a") or a search (":/text").
REVISION = re.compile(r"[A-Za-z0-9@][A-Za-z0-9._/@{}^~:+-]{0,200}")

# Where git looks for a name, see gitrevisions(7).
_REFS = ("refs/{}", "refs/tags/{}", "refs/heads/{}", "refs/remotes/{}", "refs/remotes/{}/HEAD")

# Names that git takes for its own file or for an id before it looks there.
_OF_GIT = re.compile("[A-Z_]*HEAD|@|[0-9a-f]{40}|[0-9a-f]{64}")


def require_one_meaning(root: Path, revision: str) -> None:
    """Raise :class:`RepositoryError` if a tag and a branch of that name are different commits.

    Git takes the tag, which it fetches with the branch: who may push tags, but not merge, could
    choose what a change is compared with.

    :param revision: Such as ``main``, or ``main~2``.
    """
    name = re.split(r"[~^]|@\{", revision)[0]
    if REVISION.fullmatch(name) is None or _OF_GIT.fullmatch(name):
        return
    refs = [form.format(name) for form in _REFS]
    listing = ("for-each-ref", "--format=%(objectname) %(*objectname) %(refname)", "--", *refs)
    # "8c7e5a6...  refs/heads/main"; of a tag with a message the id, and then that of its commit.
    lines = run_git(root, *listing).decode("utf-8", "surrogateescape").splitlines()
    found = [line.split(" ") for line in lines]
    same_name = [(peeled or own, ref) for own, peeled, ref in found if ref in refs]
    if len({commit for commit, _ref in same_name}) > 1:
        named = join_words([ref for _commit, ref in same_name], "and")
        raise RepositoryError(
            f"{quote(name)} is the name of several commits: {named}; write one of these"
        )
