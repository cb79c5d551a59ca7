"""The coincidence gate on the page: its figure and the section that explains it."""
