"""One file per dialogue."""
