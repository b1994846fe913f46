"""Trainings of small networks: their specs, runs and kernels."""
