"""The site of this repository: its proposals and its handbook."""

extensions = ["fep_tools.site"]
html_theme = "fep"
