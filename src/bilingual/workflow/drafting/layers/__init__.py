"""The layers around an engine; ``drafting.stack`` puts them together."""
