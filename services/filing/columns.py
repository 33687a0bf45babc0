"""The paper form: its column titles, the fields they fill, and the words they are written in.

The only place where a column title is mapped to a field.
"""

import re
from collections.abc import Callable
from typing import NamedTuple
from unicodedata import normalize

from pydantic_core import PydanticCustomError

from contracts.categories import TYPES
from contracts.model import Text


class Column(NamedTuple):
    """`read` makes the field's value of the cell's text; raises `PydanticCustomError` for a word it does not know."""

    title: str
    field: str
    label: str
    read: Callable[[str], object]


OF_TYPE = {words.zh: kind.value for kind, words in TYPES.items()}
ANSWERS = {"是": True, "否": False}
BETWEEN_SYSTEMS = re.compile(r"[、,，;；/\s]+")


def _text(cell: str) -> str:
    return cell


def _type(cell: str) -> str:
    if cell not in OF_TYPE:
        raise PydanticCustomError("unknown_type", "unknown")
    return OF_TYPE[cell]


def _answer(cell: str) -> bool:
    if cell not in ANSWERS:
        raise PydanticCustomError("not_yes_or_no", "neither yes nor no")
    return ANSWERS[cell]


def _narrow(cell: str) -> str:
    """Full-width digits, letters and signs as plain ones; names keep theirs."""
    return normalize("NFKC", cell)


def _code(cell: str) -> str:
    return "".join(_narrow(cell).upper().split())


def _number(cell: str) -> str:
    """Thousands may be separated: `116,600`."""
    return _narrow(cell).replace(",", "")


def _count(cell: str) -> int:
    digits = re.sub(r"\.0+$", "", _number(cell))
    if not re.fullmatch(r"-?[0-9]{1,15}", digits):
        raise PydanticCustomError("not_a_whole_number", "not a whole number")
    return int(digits)


def _systems(cell: str) -> list[str]:
    return [name for name in BETWEEN_SYSTEMS.split(cell) if name]


def _day(cell: str) -> str:
    """`2007-12-07`, also written `2007/12/7`, `2007.12.7` or `2007年12月7日`."""
    parts = re.fullmatch(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?", _narrow(cell))
    return f"{parts[1]}-{int(parts[2]):02}-{int(parts[3]):02}" if parts else cell


COLUMNS: tuple[Column, ...] = (
    Column("推荐单位代码", "basics.authority_code", "Code of the authority", _code),
    Column("推荐单位", "basics.authority_name", "Authority", _text),
    Column("企业名称", "basics.name", "Name of the enterprise", _text),
    Column("统一社会信用代码", "basics.credit_code", "Unified social credit code", _code),
    Column("企业类型", "basics.enterprise_type", "Type of enterprise", _type),
    Column("业务类别", "basics.business_category", "Line of business", _text),
    Column("是否中央企业", "basics.central", "Central state-owned enterprise", _answer),
    Column("注册地址", "basics.address", "Registered address", _text),
    Column("成立日期", "basics.founded_on", "Founded on", _day),
    Column("法定代表人", "basics.legal_representative", "Legal representative", _text),
    Column("联系人", "basics.contact_person", "Contact", _text),
    Column("联系电话", "basics.contact_phone", "Telephone", _narrow),
    Column("电子邮箱", "basics.contact_email", "E-mail", _narrow),
    Column("主营业务收入(万元)", "scale.main_revenue", "Main-business revenue (10,000 yuan)", _number),
    Column("资产总额(万元)", "scale.total_assets", "Total assets (10,000 yuan)", _number),
    Column("从业人员(人)", "scale.employees", "Employees", _count),
    Column("服务网络范围", "scale.service_network", "Service network", _text),
    Column("网点数量(个)", "scale.outlets", "Outlets", _count),
    Column("自有仓储面积(平方米)", "storage.own_area", "Own storage (m²)", _number),
    Column("租用仓储面积(平方米)", "storage.rented_area", "Rented storage (m²)", _number),
    Column("冷库容积(立方米)", "storage.cold_volume", "Cold storage (m³)", _number),
    Column("自有车辆(辆)", "transport.own_vehicles", "Own vehicles", _count),
    Column("新能源车辆(辆)", "transport.new_energy_vehicles", "New-energy vehicles", _count),
    Column("冷链车辆(辆)", "transport.cold_chain_vehicles", "Cold-chain vehicles", _count),
    Column("年货运量(万吨)", "transport.annual_freight", "Freight a year (10,000 t)", _number),
    Column("标准托盘(片)", "carriers.standard_pallets", "Standard pallets", _count),
    Column("周转箱(个)", "carriers.turnover_boxes", "Turnover boxes", _count),
    Column("是否参与托盘循环共用", "carriers.pallet_pooling", "Takes part in pallet pooling", _answer),
    Column("信息系统", "it.systems", "Information systems", _systems),
    Column("企业简介", "basics.introduction", "About the enterprise", _text),
)
BY_TITLE: dict[str, Column] = {column.title: column for column in COLUMNS}
TITLES: dict[str, str] = {column.field: column.title for column in COLUMNS}
LABELS: dict[str, Text] = {column.field: Text(zh=column.title, en=column.label) for column in COLUMNS}
