"""What the form says beside its column titles: sections, choices, hints. Not written anywhere else."""

from contracts.enums import EnterpriseType
from contracts.model import Text
from services.filing.declaration import ServiceNetwork

SECTIONS: dict[str, Text] = {
    "basics": Text(zh="企业基本情况", en="The enterprise"),
    "scale": Text(zh="经营规模", en="Business scale"),
    "storage": Text(zh="仓储设施", en="Storage"),
    "transport": Text(zh="运输能力", en="Transport"),
    "carriers": Text(zh="标准化载具", en="Standard carriers"),
    "it": Text(zh="信息化", en="Information technology"),
    "willing": Text(zh="承诺", en="Commitment"),
}

WILLING = Text(
    zh="愿意与商务主管部门保持联系，按时报送情况",
    en="Willing to keep in contact with the authorities and to report on time",
)

TYPES: dict[EnterpriseType, Text] = {
    EnterpriseType.TRADING: Text(zh="商贸企业", en="Trading"),
    EnterpriseType.LOGISTICS: Text(zh="物流企业", en="Logistics"),
}

NETWORKS: dict[ServiceNetwork, Text] = {
    ServiceNetwork.NATIONAL: Text(zh="全国", en="National"),
    ServiceNetwork.CROSS_REGIONAL: Text(zh="跨区域", en="Cross-regional"),
    ServiceNetwork.PROVINCIAL: Text(zh="省内", en="Within one province"),
}

HINTS: dict[str, Text] = {
    "basics.authority_code": Text(
        zh="由统一社会信用代码确定，可不填；中央企业不填",
        en="Follows from the credit code and may be left out; a central enterprise has none",
    ),
    "basics.authority_name": Text(zh="与推荐单位代码一致，可不填", en="As the code says; may be left out"),
    "basics.credit_code": Text(zh="营业执照上的 18 位代码", en="The 18 characters on the business licence"),
    "basics.business_category": Text(zh="与企业类型对应", en="One of those of the type of enterprise"),
    "basics.central": Text(zh="中央企业直接向商务部申报", en="A central enterprise applies to the ministry itself"),
    "basics.contact_phone": Text(zh="手机，或带区号的固定电话", en="A mobile number, or one with its area code"),
    "scale.main_revenue": Text(zh="上一年度，以审计报告为准", en="Of the past year, as audited"),
    "it.systems": Text(zh="每行一个系统", en="One system a line"),
}


def network_words(network: str) -> Text:
    """A scheme may name one that no form offers."""
    known = {str(one): words for one, words in NETWORKS.items()}
    return known.get(network, Text(zh=network, en=network))
