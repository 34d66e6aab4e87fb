"""What people can do, each deed one function of a session, values and the time; the caller commits."""
