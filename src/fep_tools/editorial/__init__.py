"""An editor's duties: what changed, what is due, and what is missing.

Everything here is computed for a commit and a day. It drafts and reminds; it changes no proposal
and contacts no one.
"""
