"""The 37 local authorities: 31 provinces, 5 separately planned cities, the Xinjiang corps.

Codes are GB/T 2260; the corps has none there, 660000 is the id used here.
"""

from enum import StrEnum
from typing import NamedTuple

from contracts.model import Text


class AuthorityKind(StrEnum):
    PROVINCE = "province"
    CITY = "separately_planned_city"
    CORPS = "corps"


class Authority(NamedTuple):
    code: str
    name: Text
    kind: AuthorityKind


def _authority(code: str, zh: str, en: str, kind: AuthorityKind) -> Authority:
    return Authority(code, Text(zh=zh, en=en), kind)


_ALL = (
    _authority("110000", "北京市商务局", "Beijing", AuthorityKind.PROVINCE),
    _authority("120000", "天津市商务局", "Tianjin", AuthorityKind.PROVINCE),
    _authority("130000", "河北省商务厅", "Hebei", AuthorityKind.PROVINCE),
    _authority("140000", "山西省商务厅", "Shanxi", AuthorityKind.PROVINCE),
    _authority("150000", "内蒙古自治区商务厅", "Inner Mongolia", AuthorityKind.PROVINCE),
    _authority("210000", "辽宁省商务厅", "Liaoning", AuthorityKind.PROVINCE),
    _authority("220000", "吉林省商务厅", "Jilin", AuthorityKind.PROVINCE),
    _authority("230000", "黑龙江省商务厅", "Heilongjiang", AuthorityKind.PROVINCE),
    _authority("310000", "上海市商务委员会", "Shanghai", AuthorityKind.PROVINCE),
    _authority("320000", "江苏省商务厅", "Jiangsu", AuthorityKind.PROVINCE),
    _authority("330000", "浙江省商务厅", "Zhejiang", AuthorityKind.PROVINCE),
    _authority("340000", "安徽省商务厅", "Anhui", AuthorityKind.PROVINCE),
    _authority("350000", "福建省商务厅", "Fujian", AuthorityKind.PROVINCE),
    _authority("360000", "江西省商务厅", "Jiangxi", AuthorityKind.PROVINCE),
    _authority("370000", "山东省商务厅", "Shandong", AuthorityKind.PROVINCE),
    _authority("410000", "河南省商务厅", "Henan", AuthorityKind.PROVINCE),
    _authority("420000", "湖北省商务厅", "Hubei", AuthorityKind.PROVINCE),
    _authority("430000", "湖南省商务厅", "Hunan", AuthorityKind.PROVINCE),
    _authority("440000", "广东省商务厅", "Guangdong", AuthorityKind.PROVINCE),
    _authority("450000", "广西壮族自治区商务厅", "Guangxi", AuthorityKind.PROVINCE),
    _authority("460000", "海南省商务厅", "Hainan", AuthorityKind.PROVINCE),
    _authority("500000", "重庆市商务委员会", "Chongqing", AuthorityKind.PROVINCE),
    _authority("510000", "四川省商务厅", "Sichuan", AuthorityKind.PROVINCE),
    _authority("520000", "贵州省商务厅", "Guizhou", AuthorityKind.PROVINCE),
    _authority("530000", "云南省商务厅", "Yunnan", AuthorityKind.PROVINCE),
    _authority("540000", "西藏自治区商务厅", "Tibet", AuthorityKind.PROVINCE),
    _authority("610000", "陕西省商务厅", "Shaanxi", AuthorityKind.PROVINCE),
    _authority("620000", "甘肃省商务厅", "Gansu", AuthorityKind.PROVINCE),
    _authority("630000", "青海省商务厅", "Qinghai", AuthorityKind.PROVINCE),
    _authority("640000", "宁夏回族自治区商务厅", "Ningxia", AuthorityKind.PROVINCE),
    _authority("650000", "新疆维吾尔自治区商务厅", "Xinjiang", AuthorityKind.PROVINCE),
    _authority("210200", "大连市商务局", "Dalian", AuthorityKind.CITY),
    _authority("330200", "宁波市商务局", "Ningbo", AuthorityKind.CITY),
    _authority("350200", "厦门市商务局", "Xiamen", AuthorityKind.CITY),
    _authority("370200", "青岛市商务局", "Qingdao", AuthorityKind.CITY),
    _authority("440300", "深圳市商务局", "Shenzhen", AuthorityKind.CITY),
    _authority("660000", "新疆生产建设兵团商务局", "Xinjiang Production and Construction Corps", AuthorityKind.CORPS),
)

AUTHORITIES: dict[str, Authority] = {authority.code: authority for authority in _ALL}
CENTRAL = Text(zh="中央企业", en="Central enterprises")
"""Stands in an authority's place: central state-owned enterprises have none but the ministry."""


def authority_name(code: str | None, language: str) -> str:
    """Whom it recommends or whose it is; a code that isn't known here stays as it is."""
    if code is None:
        return CENTRAL.in_language(language)
    known = AUTHORITIES.get(code)
    return known.name.in_language(language) if known else code


def registering_authority(region: str) -> Authority | None:
    """The authority for the region in a credit code (its digits 3 to 8).

    A separately planned city (its first four digits) is matched before its province (its first two);
    None for a region that has no authority.
    """
    for kinds, digits in (((AuthorityKind.CITY,), 4), ((AuthorityKind.PROVINCE, AuthorityKind.CORPS), 2)):
        for authority in _ALL:
            if authority.kind in kinds and authority.code[:digits] == region[:digits]:
                return authority
    return None
