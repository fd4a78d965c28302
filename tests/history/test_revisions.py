"""Names of revisions that have several meanings."""

from __future__ import annotations

import pytest

from fep_tools.errors import RepositoryError
from fep_tools.history.git import GitRepository

from .repositories import Made


@pytest.mark.parametrize("base", ["main", "main~0", "main^{commit}"])
@pytest.mark.parametrize("is_annotated", [False, True])
def test_a_base_that_a_tag_replaces_is_an_error(made: Made, base: str, is_annotated: bool) -> None:
    """Git prefers the tag to the branch, and would compare the change with itself."""
    first = made.commit({"a": "1"})
    made.branch("mine")
    made.commit({"a": "2"})
    options = ("--annotate", "--message=x") if is_annotated else ()
    made.git("tag", *options, "main", first)
    repository = GitRepository.open(made.root)
    assert repository.merge_base(base) == first  # the same commit
    made.git("tag", "--force", *options, "main", "mine")
    with pytest.raises(RepositoryError, match="refs/heads/main and refs/tags/main; write one"):
        repository.merge_base(base)
    assert repository.merge_base("refs/heads/main") == repository.merge_base("heads/main") == first
    assert repository.merge_base(first) == first


def test_a_branch_that_is_called_head_replaces_nothing(made: Made) -> None:
    first = made.commit({"a": "1"})
    made.git("update-ref", "refs/heads/HEAD", first)
    second = made.commit({"a": "2"})
    made.git("update-ref", "refs/tags/HEAD", second)
    assert GitRepository.open(made.root).merge_base("HEAD") == second
