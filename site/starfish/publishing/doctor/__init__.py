"""What is wrong with an installation: each check finds facts, templates in `publishing/doctor/` say them and how to mend it."""
