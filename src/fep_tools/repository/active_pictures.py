"""SVG files of a change that run something, wherever they are.

Rules judge those of proposals, and the build those of other pages. It publishes each file in a
directory of ``html_static_path`` as it is, and only ``conf.py`` knows which these are.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ..history.git import GitRepository
from ..proposals.pictures import image_problem, MAX_SVG_BYTES, SVG
from .protected_paths import PLAIN_MODES


def active_pictures(
    git: GitRepository, before: Mapping[str, tuple[str, str]], after: Mapping[str, tuple[str, str]]
) -> Iterator[str]:
    """Yield the paths of new or changed SVG files that no proposal may show.

    :param before: The mode and the blob of every path, as git has them.
    """
    changed = {
        path: blob
        for path, (mode, blob) in after.items()
        if path.lower().endswith(SVG) and mode in PLAIN_MODES and before.get(path) != (mode, blob)
    }
    if changed:
        contents = dict(git.read_blobs(dict.fromkeys(changed.values()), MAX_SVG_BYTES + 1))
        yield from (path for path, blob in changed.items() if image_problem(path, contents[blob]))
