"""YAML as people mean it, with the position of every value."""
