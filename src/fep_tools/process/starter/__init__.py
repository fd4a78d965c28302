"""A repository to start from: files with names in them that are exchanged."""
