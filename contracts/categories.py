"""The lines of business (业务类别) of each type of enterprise. The Chinese word is the value in data."""

from contracts.enums import EnterpriseType
from contracts.model import Text


def _categories(*words: tuple[str, str]) -> dict[str, Text]:
    return {zh: Text(zh=zh, en=en) for zh, en in words}


CATEGORIES: dict[EnterpriseType, dict[str, Text]] = {
    EnterpriseType.TRADING: _categories(
        ("批发", "Wholesale"),
        ("零售", "Retail"),
        ("住宿", "Lodging"),
        ("餐饮", "Catering"),
        ("进出口", "Import and export"),
        ("电子商务", "E-commerce"),
    ),
    EnterpriseType.LOGISTICS: _categories(
        ("供应链服务", "Supply chain services"),
        ("综合物流", "Integrated logistics"),
        ("干线运输", "Trunk transport"),
        ("仓储配送", "Warehousing and distribution"),
        ("快运快递", "Express"),
        ("即时配送", "Instant delivery"),
        ("物流设施设备", "Logistics facilities and equipment"),
        ("物流信息平台", "Logistics information platform"),
    ),
}
"""In the order in which forms offer them."""
