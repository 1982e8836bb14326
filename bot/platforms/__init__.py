"""What is peculiar to each messenger; everything above sees one kind."""
