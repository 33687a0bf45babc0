"""The tokens that the services take: signed here, for people at pages and for authorities' systems."""
