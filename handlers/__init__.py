"""From an update to what is done and said: one update is one unit of work."""
