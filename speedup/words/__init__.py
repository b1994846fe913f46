"""Words in every language, and results told in them."""
