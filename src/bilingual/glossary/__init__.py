"""Terms: schema, model and matching."""
