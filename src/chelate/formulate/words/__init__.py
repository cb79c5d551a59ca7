"""What comes of a formulation or a day, in sentences that every output shares."""
