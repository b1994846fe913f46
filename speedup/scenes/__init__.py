"""Scenes and their addresses: what the three pages show, the lesson."""
