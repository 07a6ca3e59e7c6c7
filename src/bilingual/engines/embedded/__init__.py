"""What the engine ``local`` is made of: its weights and its server process."""
