"""The catalog: what is published about each proposal."""
