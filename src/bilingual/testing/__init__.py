"""What tests and documentation use in place of the real thing."""
