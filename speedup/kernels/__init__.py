"""Compiles kernels, written once, for this machine and for the browser."""
