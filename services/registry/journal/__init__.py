"""The journal: every event of every service, append-only, chained by a keyed hash, sealed by Merkle roots."""
