"""Ratios against the peers, each run beside ours on the same machine. They are no tests."""
