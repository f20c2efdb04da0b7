"""After-sale cases as the shop sees them."""
