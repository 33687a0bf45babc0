"""Public notices over batches of cases, and the pools they are taken from."""
