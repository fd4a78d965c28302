"""The command line, built on click. ``main`` is the entry point of ``fep``."""
