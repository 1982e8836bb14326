"""The pure rules of the group: values in, decisions out; no clock, no chance, no input or output."""
