"""Rules about the status and its history."""
