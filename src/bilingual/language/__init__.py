"""What is true of Korean, of English and of both."""
