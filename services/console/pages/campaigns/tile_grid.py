"""Where each authority stands on the tile map: row and column, roughly as on a map of China, and a short name."""

from typing import NamedTuple

from contracts.model import Text


class Place(NamedTuple):
    row: int
    column: int
    name: Text


def _place(row: int, column: int, zh: str, en: str) -> Place:
    return Place(row, column, Text(zh=zh, en=en))


GRID: dict[str, Place] = {
    "230000": _place(1, 9, "黑龙江", "Heilongjiang"),
    "660000": _place(2, 1, "兵团", "XPCC"),
    "150000": _place(2, 6, "内蒙古", "Inner Mongolia"),
    "220000": _place(2, 9, "吉林", "Jilin"),
    "650000": _place(3, 1, "新疆", "Xinjiang"),
    "620000": _place(3, 3, "甘肃", "Gansu"),
    "640000": _place(3, 4, "宁夏", "Ningxia"),
    "140000": _place(3, 5, "山西", "Shanxi"),
    "130000": _place(3, 6, "河北", "Hebei"),
    "110000": _place(3, 7, "北京", "Beijing"),
    "120000": _place(3, 8, "天津", "Tianjin"),
    "210000": _place(3, 9, "辽宁", "Liaoning"),
    "210200": _place(3, 10, "大连", "Dalian"),
    "630000": _place(4, 2, "青海", "Qinghai"),
    "610000": _place(4, 4, "陕西", "Shaanxi"),
    "410000": _place(4, 5, "河南", "Henan"),
    "370000": _place(4, 6, "山东", "Shandong"),
    "370200": _place(4, 7, "青岛", "Qingdao"),
    "540000": _place(5, 2, "西藏", "Tibet"),
    "510000": _place(5, 3, "四川", "Sichuan"),
    "500000": _place(5, 4, "重庆", "Chongqing"),
    "420000": _place(5, 5, "湖北", "Hubei"),
    "340000": _place(5, 6, "安徽", "Anhui"),
    "320000": _place(5, 7, "江苏", "Jiangsu"),
    "310000": _place(5, 8, "上海", "Shanghai"),
    "530000": _place(6, 3, "云南", "Yunnan"),
    "520000": _place(6, 4, "贵州", "Guizhou"),
    "430000": _place(6, 5, "湖南", "Hunan"),
    "360000": _place(6, 6, "江西", "Jiangxi"),
    "330000": _place(6, 7, "浙江", "Zhejiang"),
    "330200": _place(6, 8, "宁波", "Ningbo"),
    "450000": _place(7, 4, "广西", "Guangxi"),
    "440000": _place(7, 5, "广东", "Guangdong"),
    "350000": _place(7, 6, "福建", "Fujian"),
    "350200": _place(7, 7, "厦门", "Xiamen"),
    "460000": _place(8, 4, "海南", "Hainan"),
    "440300": _place(8, 5, "深圳", "Shenzhen"),
}
