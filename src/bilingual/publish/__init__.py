"""The gate and the publish targets; one file a target."""
