"""Rules about relations between proposals."""
