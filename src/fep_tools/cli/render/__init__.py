"""Command output for people: tables, timelines and statistics."""
