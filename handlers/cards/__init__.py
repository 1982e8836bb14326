"""Cards: messages with buttons about one matter, which later show how it stands."""
