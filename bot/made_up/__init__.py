"""Made-up groups with years of books, to see how the bot does when it has grown."""
