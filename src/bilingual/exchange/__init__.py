"""Exchange formats, bytes to model and back; one file a format."""
