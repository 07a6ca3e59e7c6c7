"""What ``publish`` and ``absorb`` are made of."""
