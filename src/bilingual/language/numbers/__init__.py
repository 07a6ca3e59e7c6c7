"""Numbers, quantities and units in Korean and in English."""
