"""Words: what is said in each language, how names, dates and countries are written in it, and how long a text is."""
