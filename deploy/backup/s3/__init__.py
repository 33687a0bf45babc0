"""Archives kept away from this machine, in a bucket that speaks S3. `LIAISON_BACKUP_S3__…` says where."""
