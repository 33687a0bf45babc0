"""Messages out: who is told of what, by in-app inbox, e-mail and webhook, each message once."""
