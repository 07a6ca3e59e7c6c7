"""What was paid for and what is in flight, on disk before it is used."""
