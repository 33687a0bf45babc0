"""The eligibility rules in words, by the codes under which filing answers them."""

from contracts.model import Text

RULES: dict[str, Text] = {
    "enterprise_type": Text(zh="企业类型在申报范围内", en="The type of enterprise is accepted"),
    "least_revenue": Text(zh="主营业务收入达到标准", en="Main-business revenue reaches the threshold"),
    "network": Text(zh="服务网络覆盖全国或跨区域", en="The service network is national or cross-regional"),
    "established": Text(zh="申报时已成立", en="Founded before the application"),
    "willing": Text(zh="愿意保持联系并按时报送情况", en="Willing to keep in contact and to report on time"),
}


def rule_title(code: str, language: str) -> str:
    return RULES[code].in_language(language) if code in RULES else code
