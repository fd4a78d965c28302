"""Rules about headers."""
