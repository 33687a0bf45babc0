"""The containers of deploy/compose.yaml, run for real. Not among `make test`: it needs a docker engine."""
