"""Run commands and calls under a retry policy that understands why they failed."""

__version__ = "0.1.0"
