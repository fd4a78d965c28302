"""The version of the package, apart from the root, which imports modules of all layers."""

__version__ = "0.1.0"
