"""A provider on loopback: a real HTTP server whose answers are scripted."""
