"""What ``translate --batch`` is made of."""
