"""Two languages, one article: segment, translate, review, check and publish in pairs."""

__version__ = "0.2.0"
