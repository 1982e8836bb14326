"""Facts for conversations, a file per subject."""
