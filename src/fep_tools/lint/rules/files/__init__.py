"""Rules about files, names and numbers."""
