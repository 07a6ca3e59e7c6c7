"""The conversation with an OpenAI-compatible server."""
