"""URLs that name a branch, and URLs of something that stays."""

from __future__ import annotations

import pytest

from fep_tools.proposals.permalinks import branch_in_url

COMMIT = "9de61ea980edbd8fc3e2c459d3276b8f23d1428c"
REPOSITORY = "https://github.com/pallets/flask"


@pytest.mark.parametrize(
    ("url", "branch"),
    [
        (f"{REPOSITORY}/blob/main/src/flask/app.py#L1", "main"),
        (f"{REPOSITORY}/tree/master", "master"),
        (f"{REPOSITORY}/blob/HEAD/README.md", "HEAD"),
        (f"{REPOSITORY}/blob/3.0.x/CHANGES.rst", "3.0.x"),
        (f"{REPOSITORY}/blob/stable-2/CHANGES.rst", "stable-2"),
        (f"{REPOSITORY}/tree/typed-views/src", "typed-views"),
        (f"{REPOSITORY}/blob/refs/heads/main/README.md", "main"),
        (f"{REPOSITORY}/blame/main/README.md", "main"),
        (f"{REPOSITORY}/raw/main/README.md", "main"),
        (f"{REPOSITORY}/commits/main", "main"),
        (f"{REPOSITORY}/edit/main/README.md", "main"),
        (f"{REPOSITORY}/archive/refs/heads/main.zip", "main"),
        (f"{REPOSITORY}/blob/feature%2Fviews/README.md", "feature/views"),
        ("http://www.github.com/pallets/flask/blob/main/README.md", "main"),
        ("https://GitHub.com/pallets/flask/blob/main/README.md", "main"),
        ("https://raw.githubusercontent.com/pallets/flask/main/README.md", "main"),
        ("https://raw.githubusercontent.com/pallets/flask/refs/heads/main/README.md", "main"),
        ("https://gitlab.com/group/sub/project/-/blob/main/README.md", "main"),
        ("https://gitlab.com/group/project/blob/master/README.md", "master"),
        ("https://gitlab.example.org/group/project/-/tree/topic/src", "topic"),
        ("https://bitbucket.org/team/project/src/master/README.md", "master"),
        ("https://bitbucket.org/team/project/branch/views", "views"),
        ("https://codeberg.org/team/project/src/branch/main/README.md", "main"),
        ("https://git.example.org/team/project/raw/branch/views/README.md", "views"),
        ("https://git.sr.ht/~ada/project/tree/master/item/README.md", "master"),
        ("https://hg.sr.ht/~ada/project/browse/README.md?rev=tip", "README.md"),
        ("https://git.example.org/cgit/project.git/tree/README?h=main", "main"),
        ("https://git.example.org/?p=x.git;a=blob;f=README;hb=refs/heads/main", "main"),
        ("https://git.example.org/project/tree/master/README", "master"),
    ],
)
def test_a_branch(url: str, branch: str) -> None:
    assert branch_in_url(url) == branch


@pytest.mark.parametrize(
    "url",
    [
        REPOSITORY,
        f"{REPOSITORY}/",
        f"{REPOSITORY}/pull/2672",
        f"{REPOSITORY}/issues/3347#issuecomment-1",
        f"{REPOSITORY}/commit/{COMMIT}",
        f"{REPOSITORY}/blob/{COMMIT}/src/flask/app.py",
        f"{REPOSITORY}/tree/9de61ea",
        f"{REPOSITORY}/blob/3.1.0/src/flask/app.py",
        f"{REPOSITORY}/tree/v2.0rc1",
        f"{REPOSITORY}/blob/release-1.2/README.md",
        f"{REPOSITORY}/archive/refs/tags/3.1.0.zip",
        f"{REPOSITORY}/archive/{COMMIT}.zip",
        f"{REPOSITORY}/releases/tag/main",
        f"{REPOSITORY}/discussions/1",
        f"https://raw.githubusercontent.com/pallets/flask/{COMMIT}/README.md",
        f"https://gitlab.com/group/project/-/blob/{COMMIT}/README.md",
        "https://gitlab.com/group/project/-/merge_requests/1",
        f"https://bitbucket.org/team/project/src/{COMMIT}/README.md",
        f"https://codeberg.org/team/project/src/commit/{COMMIT}/README.md",
        "https://codeberg.org/team/project/src/tag/v1.0/README.md",
        f"https://git.sr.ht/~ada/project/tree/{COMMIT}/item/README.md",
        f"https://git.example.org/cgit/project.git/commit/?id={COMMIT}",
        "https://example.org/blog/tree/oak/leaves",
        "https://discuss.python.org/t/main-branch/12",
        "https://example.org/?h=hello",
        "https://lists.example.org/archives/main/000001.html",
        "main",
        "",
    ],
)
def test_something_that_stays(url: str) -> None:
    assert branch_in_url(url) is None
