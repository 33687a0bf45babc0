"""Declarations that are in order, and small ways to spoil them."""

from copy import deepcopy
from itertools import count
from typing import Any

from stdnum.cn import uscc

ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
serials = count(1)


def with_check(body: str) -> str:
    """A credit code of its first 17 characters."""
    return body + uscc.calc_check_digit(body)


def credit_code(region: str = "410000") -> str:
    """A new one each time."""
    return with_check(f"91{region}{next(serials):09}")


def declaration(region: str = "410000", **changes: Any) -> dict[str, Any]:
    """As JSON. `changes` name fields by path with `__`: `scale__main_revenue="1"`."""
    made = deepcopy(GOOD)
    made["basics"]["credit_code"] = credit_code(region)
    for path, value in changes.items():
        group, _, name = path.partition("__")
        if name:
            made[group][name] = value
        else:
            made[group] = value
    return made


def central(**changes: Any) -> dict[str, Any]:
    return declaration("110000", basics__central=True, **changes)


GOOD: dict[str, Any] = {
    "basics": {
        "name": "河南某某供应链管理有限公司",
        "enterprise_type": "logistics",
        "business_category": "综合物流",
        "central": False,
        "address": "郑州市某路 1 号",
        "founded_on": "2007-12-07",
        "legal_representative": "梁志静",
        "contact_person": "梁强",
        "contact_phone": "13800000000",
        "contact_email": "contact@example.cn",
        "introduction": "主营综合物流。",
    },
    "scale": {
        "main_revenue": "116600",
        "total_assets": "98208.5",
        "employees": 556,
        "service_network": "全国",
        "outlets": 81,
    },
    "storage": {"own_area": "9171", "rented_area": "511", "cold_volume": "0"},
    "transport": {
        "own_vehicles": 107,
        "new_energy_vehicles": 18,
        "cold_chain_vehicles": 21,
        "annual_freight": "90",
    },
    "carriers": {"standard_pallets": 2574, "turnover_boxes": 1105, "pallet_pooling": True},
    "it": {"systems": ["ERP", "WMS"]},
}
PEOPLE = ("梁志静", "梁强", "13800000000", "contact@example.cn")
