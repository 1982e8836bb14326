"""How fast the bot is, measured beside others: `make bench`, and docs/performance.md for what came out."""
