"""Rules about cross-framework notes."""
