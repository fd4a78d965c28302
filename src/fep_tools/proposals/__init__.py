"""Proposals: from files to values."""
