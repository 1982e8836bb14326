"""Facts become documents: posters, statements, minutes."""
