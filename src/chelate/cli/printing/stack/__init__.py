"""A day's totals as `chelate stack` prints them."""
