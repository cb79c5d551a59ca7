"""What a formulation and a day give, as data for programs: masses in mg, fractions 0-1."""
