"""A strict stand-in for Telegram on loopback, and the terminal chat that lives in it."""
