"""School staff: sign in, plan, approve, record, show."""
