"""The index of a folder's phrases. Built once, then only read."""
