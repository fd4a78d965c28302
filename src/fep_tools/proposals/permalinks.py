"""URLs of files in version control: those of a commit stay, those of a branch change."""

from __future__ import annotations

import re
from urllib.parse import unquote

# What follows the names of the owner and the repository, by host. Others run the same software:
# a GitLab has "/-/", a Forgejo or Gitea "/src/branch/".
_VIEWS = "blob|blame|tree|raw|edit|commits|find"
_HOSTS = {
    "github.com": rf"(?:{_VIEWS}|archive)",
    "raw.githubusercontent.com": "",
    "bitbucket.org": "(?:src|raw|annotate|branch)",
    "gitlab.com": rf"(?:-/)?(?:{_VIEWS}|archive)",
    "git.sr.ht": "(?:tree|blob|blame|log|archive)",
    "hg.sr.ht": "(?:browse|raw|log)",
}
_URL = re.compile(
    r"https?://(?:www\.)?(?P<host>[^/?#\s]+)/(?P<path>[^?#\s]*)(?:\?(?P<query>[^#\s]*))?"
)
_OWNER = r"[^/]+/[^/]+/"
_GITLAB = re.compile(rf"(?:[^/]+/)+-/(?:{_VIEWS}|archive)/(?P<ref>(?:refs/\w+/)?[^/]+)")
_FORGEJO = re.compile(rf"{_OWNER}(?:src|raw|media|blame|commits|archive)/branch/(?P<ref>[^/]+)")
_ANY_HOST = re.compile(rf"(?:[^/]+/)+(?:{_VIEWS}|src)/(?P<ref>(?:refs/heads/)?[^/]+)")
# cgit and gitweb have the branch in the query: "?h=main", ";hb=refs/heads/main"; Bitbucket "?at=".
_QUERY = re.compile(r"(?:^|[&;])(?:h|hb|at|ref|branch)=(?P<ref>[^&;]+)")

_COMMIT = re.compile(r"[0-9a-f]{7,64}(?:\.(?:zip|tar\.gz|patch|diff))?")
# A release does not change either: "3.1.0", "v2.0rc1", "release-1.2", "refs/tags/x". But "3.1.x" is
# the branch of a series.
_RELEASE = re.compile(
    r"refs/tags/.*|tags/.*|(?:[a-z]+[-_])?v?[0-9]+(?:\.[0-9]+)+[\w.+-]*", re.IGNORECASE
)
_SERIES = re.compile(r".*[0-9]\.x.*|.*-(?:maintenance|stable|branch)", re.IGNORECASE)
_BRANCHES = frozenset(
    ("head", "main", "master", "trunk", "develop", "development", "dev", "default", "devel",
     "stable", "next", "gh-pages", "tip", "staging", "production")
)  # fmt: skip


def branch_in_url(url: str) -> str | None:
    """Return the branch whose files *url* shows; ``None`` if it shows something that stays."""
    match = _URL.match(url)
    if match is None:
        return None
    ref = _ref(match["host"].lower(), match["path"], match["query"] or "")
    if ref is None:
        return None
    ref = unquote(ref)
    if _COMMIT.fullmatch(ref) or (_RELEASE.fullmatch(ref) and not _SERIES.fullmatch(ref)):
        return None
    return ref.removeprefix("refs/heads/")


def _ref(host: str, path: str, query: str) -> str | None:
    """Return what may be a branch in the parts of a URL."""
    if host in _HOSTS:
        view = f"{_HOSTS[host]}/" if _HOSTS[host] else ""
        pattern = rf"{_OWNER}{view}(?P<ref>(?:refs/heads/|refs/tags/)?[^/]+)"
        found = re.match(pattern, path)
    else:
        found = _GITLAB.match(path) or _FORGEJO.match(path)
    if found is None and (asked := _QUERY.search(query)):
        return asked["ref"] if host in _HOSTS or _is_branch(asked["ref"]) else None
    if found is None and (found := _ANY_HOST.match(path)):
        # On a host of unknown software, "tree" may be a word.
        return found["ref"] if _is_branch(found["ref"]) else None
    return found["ref"].removesuffix(".zip").removesuffix(".tar.gz") if found else None


def _is_branch(ref: str) -> bool:
    return ref.startswith("refs/heads/") or ref.lower() in _BRANCHES
