"""Looks into runs of either kind: an update line by line, many runs at once."""
