"""Tells whether a face picture is good enough to be enrolled."""

__version__ = "1.4.0"
