"""Writes a scene as a PyTorch script."""
