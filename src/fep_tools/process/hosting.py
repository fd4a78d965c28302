"""Where a repository can be read by others: what its files, their past and commits are called.

Hosts differ in their addresses, so these are data of the process; no host is named here.
"""

from __future__ import annotations

from urllib.parse import quote

from .schema import Table


class Hosting(Table):
    """The address of the repository, and how those of its parts are made of it.

    ``{url}`` stands for *url*, ``{path}`` for a file's and ``{commit}`` for the whole id of a
    commit. What a host does not have is empty.
    """

    url: str
    file_url: str = "{url}/blob/HEAD/{path}"
    history_url: str = "{url}/commits/HEAD/{path}"
    commit_url: str = "{url}/commit/{commit}"

    def url_of_file(self, path: str) -> str:
        """Where a file is."""
        return self._filled(self.file_url, path=path)

    def url_of_history(self, path: str) -> str:
        """Where the past of a file is."""
        return self._filled(self.history_url, path=path)

    def url_of_commit(self, commit: str) -> str:
        """Where a commit is."""
        return self._filled(self.commit_url, commit=commit)

    def _filled(self, pattern: str, **parts: str) -> str:
        made = pattern.replace("{url}", self.url.rstrip("/"))
        for name, value in parts.items():
            made = made.replace(f"{{{name}}}", quote(value))
        return made
