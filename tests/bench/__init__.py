"""The platform measured against bare Temporal, in one run."""
