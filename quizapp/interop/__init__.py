"""Files of other programs, and files from people: whatever could be hostile is taken apart in a child process."""
