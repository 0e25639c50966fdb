"""The curriculum: files, records, checks, one immutable Curriculum. Knows no Django."""
