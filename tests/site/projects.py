"""Build with plain Sphinx, as communities do that have a project of their own."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils


def sphinx_build(
    srcdir: Path, out: Path, builder: str = "html", jobs: int = 1, **settings: Any
) -> str:
    """Build a project, and return the warnings."""
    warnings = StringIO()
    with patch_docutils(), docutils_namespace():
        app = Sphinx(
            srcdir,
            srcdir,
            out,
            out.with_name("doctrees"),
            builder,
            confoverrides=settings,
            status=None,
            warning=warnings,
            parallel=jobs,
        )
        app.build()
    return warnings.getvalue()
