"""Dialogues as plain scripts, replayed from stored answers; nothing here reads a clock, a database or a network."""
