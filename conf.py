"""The site of this repository: its proposals and its handbook."""

extensions = ["fep_tools.site", "sphinx.ext.autodoc"]
html_theme = "fep"

# The signatures have the types already.
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
