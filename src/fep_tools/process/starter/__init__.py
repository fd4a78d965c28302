"""The files that ``fep init`` copies, with placeholders in braces."""
