"""The Bot API's methods that the stand-in answers."""
