"""Text as it is compared, and what is known of languages and countries."""
