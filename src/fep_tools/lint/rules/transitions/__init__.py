"""Rules about status transitions and other changes."""
