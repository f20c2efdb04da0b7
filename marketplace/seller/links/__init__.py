"""A seller's share links: made, passed on, and what came of them."""
