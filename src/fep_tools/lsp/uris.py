"""URIs of files, as editors write them, and the paths that they stand for.

Editors spell the URI of one file in different ways: ``file:///c%3A/My%20docs/a.rst`` (VS Code),
``file:///C:/My%20docs/a.rst`` (the standard library), ``file:///c:/my docs/a.rst``. So files are
compared by their paths, and answers repeat the URI that the editor sent.
Source: RFC 8089 (the "file" URI scheme), with its appendix E on Windows.
"""

from __future__ import annotations

import os
import re
from pathlib import PurePath, PurePosixPath, PureWindowsPath
from urllib.parse import unquote_to_bytes

IS_WINDOWS = os.name == "nt"

_WINDOWS_DRIVE = re.compile("/([A-Za-z])[:|](?=/|$)")  # "/c:/Users", "/C|/Users"


def to_path(uri: str, *, windows: bool = IS_WINDOWS) -> str | None:
    """Return the path of the file that *uri* names.

    :param windows: whether it is a path of Windows.
    :return: ``None`` if it names no file of this machine, such as ``untitled:Untitled-1``.
    """
    scheme, _, rest = uri.partition(":")
    if scheme.lower() != "file" or not rest.startswith("/"):
        return None
    host = ""
    if rest.startswith("//"):
        host, slash, rest = rest[2:].partition("/")
        rest = slash + rest
    try:
        # A "?" or "#" that an editor left as it is belongs to the name: a file has no query.
        name, host = unquote_to_bytes(rest), unquote_to_bytes(host).decode("utf-8")
    except UnicodeError:
        return None
    is_here = host.lower() in {"", "localhost"}
    if not name.startswith(b"/") or b"\0" in name or not (windows or is_here):
        return None
    if not windows:
        return os.fsdecode(re.sub(b"^/+", b"/", name))
    path = name.decode("utf-8", "replace")
    # file://server/share/a.rst is the network path \\server\share\a.rst.
    path = _WINDOWS_DRIVE.sub(r"\1:", path, count=1) if is_here else f"//{host}{path}"
    return str(PureWindowsPath(path))


def from_path(path: PurePath | str, *, windows: bool = IS_WINDOWS) -> str:
    """Return the URI of the file at an absolute *path*, with all that needs it encoded."""
    return (PureWindowsPath if windows else PurePosixPath)(path).as_uri()
