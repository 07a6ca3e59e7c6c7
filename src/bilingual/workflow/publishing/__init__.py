"""Helpers of ``publish`` and ``absorb``."""
