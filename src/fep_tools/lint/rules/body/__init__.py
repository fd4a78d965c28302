"""Rules about the body."""
