"""Programs by the round in which they were recorded: each was measured before it was learnt from."""
