"""Races over loss surfaces: their specs, runs and kernels."""
