"""Verdicts as text, one format a file: ``render(verdict, ...) -> str``."""
