"""Who calls, and what they may: tokens of configured issuers, roles, and a rule on every route."""
