"""The catalog and the process as pictures: inline SVG, made here, readable without seeing it."""
