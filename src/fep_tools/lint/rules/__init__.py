"""The rules, one file each. To add a rule, add a file."""
