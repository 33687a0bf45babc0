"""What several areas of pages know of cases in work: the list one comes from, who waits for a batch, set phrases."""
