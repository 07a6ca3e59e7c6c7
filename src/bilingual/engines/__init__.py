"""Engines that draft targets; one file each."""
