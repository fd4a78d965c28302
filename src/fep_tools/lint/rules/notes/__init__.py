"""Rules about notes on other frameworks, and about the results of their snippets."""
