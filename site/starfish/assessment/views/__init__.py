"""The pupils' screens, and the teacher's pages of a class check."""
