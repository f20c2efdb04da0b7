"""Staff keep public questions decent."""
