"""Lossless segmentation of Markdown and its inverse."""
