"""Plans, letters and slides that a teacher can edit: Word and PowerPoint files out of the same lesson."""
