"""A repository of proposals on disk, opened, read and checked.

:class:`Repository` is the entry point of every front end.
"""

from .contents import GENERATOR
from .facade import Repository

__all__ = ["GENERATOR", "Repository"]
