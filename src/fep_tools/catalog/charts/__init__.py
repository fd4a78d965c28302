"""Charts of the catalog and the process, as inline SVG with a title and a description.

A chart is a function from values to text. It reads nothing and knows no page.
"""
