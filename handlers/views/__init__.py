"""What people can look at: read-only answers."""
