"""Compares two face templates."""

__version__ = "3.1.0"
