"""Face detection and attributes for entrance cameras."""

__version__ = "2.3.0"
