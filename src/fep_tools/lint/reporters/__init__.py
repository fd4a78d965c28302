"""Reports of a check, one format per module.

Each module has a function ``render(result, context)`` that returns the report as text. All
text of proposals is made harmless to the program that shows the report (see docs/security.rst,
*sec-output*).
"""
