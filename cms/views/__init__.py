"""The public site beside its pages: archive, search, files, errors."""
