"""Other communities' processes, shipped as data: ``--process pep``."""
