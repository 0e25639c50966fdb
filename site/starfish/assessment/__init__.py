"""Class checks: what a class knows before and after a lesson, without knowing who. Tallies only."""
