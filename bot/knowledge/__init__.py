"""Knowledge entries: the model, reading YAML with positions, and findings. Imports none of the other packages."""
