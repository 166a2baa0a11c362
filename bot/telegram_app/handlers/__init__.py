"""What is done about an update: a message, a button, an inline query."""
