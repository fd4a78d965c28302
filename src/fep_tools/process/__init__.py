"""A community's process, as data: statuses, types, transitions, headers and sections."""
