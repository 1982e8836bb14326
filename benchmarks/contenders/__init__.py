"""What is compared; each is a process of its own that learns from the environment where its platform is."""
