"""Taps on cards: what each button does, and what is said when it is an old one."""
