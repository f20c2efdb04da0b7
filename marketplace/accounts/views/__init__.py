"""Coming in, going out, and what is needed for both."""
