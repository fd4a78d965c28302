"""The rules, one file each. Adding a file here is all there is to adding a rule."""
