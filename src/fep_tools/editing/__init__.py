"""Changes to a repository: new proposals and mended ones, written whole or not at all."""
