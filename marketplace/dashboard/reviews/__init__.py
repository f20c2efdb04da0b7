"""Staff keep reviews decent: hidden with a reason, shown again when that was wrong."""
