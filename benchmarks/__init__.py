"""Times and memory, as ratios to other tools that run on the same machine. These are not tests."""
