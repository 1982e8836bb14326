"""Dialogues as plain scripts, replayed from stored answers: no clock, no database, no network."""
