"""The process that judges what somebody asks about before it is handed in: it stores nothing and tells nobody else."""
