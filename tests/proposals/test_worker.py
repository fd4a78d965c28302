"""The program of a worker process."""

from __future__ import annotations

import io
import json
import subprocess
import sys

from fep_tools.proposals.vocabulary import Vocabulary
from fep_tools.proposals.worker import send

# Counts the trees that are left when the worker frees them.
_PROGRAM = """\
import gc, sys
from docutils import nodes
from fep_tools.proposals import worker

def free_and_count(free=worker.free_trees):
    free()
    trees = sum(isinstance(each, nodes.document) for each in gc.get_objects())
    print("trees:", trees, file=sys.stderr)

worker.free_trees = free_and_count
worker.main(2**30, 10.0)
"""


def test_no_tree_is_kept_for_the_next_text() -> None:
    requests = io.BytesIO()
    send(requests, Vocabulary("fep").to_json())
    for number in range(3):
        send(requests, json.dumps([f"Title\n=====\n\n- one\n\n  - {number}\n", []]))
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], input=requests.getvalue(), capture_output=True, check=True
    )
    assert done.stderr.decode().split("\n") == ["trees: 0"] * 3 + [""]
