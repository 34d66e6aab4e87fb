"""Forms: fields and their rules, nothing else."""
