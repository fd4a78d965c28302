"""The peer of a cold check: docutils parses the same files in one process."""

import sys
from pathlib import Path

from docutils.core import publish_doctree

SETTINGS = {
    "_disable_config": True,
    "file_insertion_enabled": False,
    "raw_enabled": False,
    "report_level": 5,
    "halt_level": 5,
    "warning_stream": "",
}

for path in sorted(Path(sys.argv[1]).glob("pep-*.rst")):
    publish_doctree(path.read_text("utf-8"), settings_overrides=SETTINGS)
