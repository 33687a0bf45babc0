"""Signing in at an identity provider: OpenID Connect, authorization code with PKCE."""

from services.console.oidc.attempt import Attempt, begin_attempt
from services.console.oidc.id_token import NotTrusted
from services.console.oidc.provider import NoProvider, Provider, ProviderAway

__all__ = ["Attempt", "NoProvider", "NotTrusted", "Provider", "ProviderAway", "begin_attempt"]
