"""The declaration (《申报基本情况》): what an enterprise states about itself. Money is in units of 10,000 yuan."""

import re
from datetime import date
from decimal import Decimal
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, TypeAlias

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints, ValidationInfo, field_validator

from contracts.authorities import AUTHORITIES
from contracts.categories import CATEGORIES
from contracts.enums import EnterpriseType
from services.filing.credit_code import broken_rule
from services.filing.findings import broken


class ServiceNetwork(StrEnum):
    NATIONAL = "全国"
    CROSS_REGIONAL = "跨区域"
    PROVINCIAL = "省内"


CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def _plain(text: str) -> str:
    if CONTROL.search(text):
        raise broken("control_characters")
    if text.startswith("="):
        raise broken("formula")
    return text


def _without_exponent(number: Decimal) -> Decimal:
    """One form for one number, so that `116600`, `116600.0` and `1.166E5` are the same declaration."""
    return Decimal(format(number.normalize(), "f"))


def _credit_code(code: str) -> str:
    if rule := broken_rule(code):
        raise broken(rule)
    return code


def _authority(code: str) -> str:
    if code not in AUTHORITIES:
        raise broken("unknown_authority")
    return code


Line: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200), AfterValidator(_plain)
]
Paragraphs: TypeAlias = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1, max_length=5000), AfterValidator(_plain)
]
Count = Annotated[int, Field(strict=True, ge=0, le=10**12)]
Quantity = Annotated[Decimal, Field(ge=0, max_digits=20, decimal_places=6), AfterValidator(_without_exponent)]
Answer = Annotated[bool, Field(strict=True)]


class Group(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Basics(Group):
    """`authority_code` may be left out: it follows from the credit code. A central enterprise has none."""

    authority_code: Annotated[str, AfterValidator(_authority)] | None = None
    authority_name: Line | None = None
    name: Line
    credit_code: Annotated[str, AfterValidator(_credit_code)]
    enterprise_type: EnterpriseType
    business_category: Line
    central: Answer
    address: Line
    founded_on: date
    legal_representative: Line
    contact_person: Line
    contact_phone: Annotated[str, Field(pattern=r"^\+?[0-9][0-9 ()（）转-]{5,30}$")]
    contact_email: Annotated[str, Field(max_length=254, pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$"), AfterValidator(_plain)]
    introduction: Paragraphs

    @field_validator("authority_name")
    @classmethod
    def name_of_the_code(cls, name: str | None, info: ValidationInfo) -> str | None:
        code = info.data.get("authority_code")
        if name and code and AUTHORITIES[code].name.zh != name:
            raise broken("authority_name")
        return name

    @field_validator("business_category")
    @classmethod
    def category_of_the_type(cls, category: str, info: ValidationInfo) -> str:
        enterprise_type = info.data.get("enterprise_type")
        if enterprise_type and category not in CATEGORIES[enterprise_type]:
            raise broken("category_of_type")
        return category


PERSONAL = frozenset({"legal_representative", "contact_person", "contact_phone", "contact_email"})
"""Fields of `Basics` about people: only those who need them are shown them."""


class Scale(Group):
    main_revenue: Quantity
    total_assets: Quantity
    employees: Count
    service_network: ServiceNetwork
    outlets: Count


class Storage(Group):
    """Square metres, cubic metres."""

    own_area: Quantity
    rented_area: Quantity
    cold_volume: Quantity


class Transport(Group):
    """`annual_freight` in 10,000 tonnes."""

    own_vehicles: Count
    new_energy_vehicles: Count
    cold_chain_vehicles: Count
    annual_freight: Quantity


class Carriers(Group):
    """Standard carriers: pallets and turnover boxes, by the piece."""

    standard_pallets: Count
    turnover_boxes: Count
    pallet_pooling: Answer


class InformationTechnology(Group):
    systems: tuple[Line, ...] = Field((), max_length=50)


class Declaration(Group):
    """`willing` to keep in contact and to report on time: on the paper form, applying says so."""

    basics: Basics
    scale: Scale
    storage: Storage
    transport: Transport
    carriers: Carriers
    it: InformationTechnology
    willing: Answer = True

    @property
    def digest(self) -> str:
        """SHA-256 over the whole content: the same declaration sent twice has the same one."""
        return sha256(self.model_dump_json().encode()).hexdigest()
