"""The site of this repository: its proposals and its handbook."""

extensions = ["fep_tools.site", "sphinx.ext.autodoc"]
html_theme = "fep"
# Proposals may use what fep check allows, also if sphinx-build makes the site.
fep_restricted = True

# The signatures have the types already.
autodoc_typehints = "signature"
autodoc_member_order = "bysource"
