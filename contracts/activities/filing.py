"""Orders to the filing service."""

from datetime import datetime

from contracts.activities.base import Done, Order
from contracts.enums import StageName
from contracts.ids import CampaignId, NominationId
from contracts.model import Model


class ReturnNomination(Model):
    """Give a nomination back to its enterprise for correction until `due`; one order a round of a stage."""

    nomination_id: NominationId
    stage: StageName
    round: int
    opinion: str
    due: datetime


class LapseNomination(Model):
    """Close a returned nomination that was not corrected in time."""

    nomination_id: NominationId
    revision: int


class Lapsed(Model):
    """`lapsed` is False when the correction came in first: the row in filing is the judge."""

    lapsed: bool


class CloseIntake(Model):
    campaign_id: CampaignId


RETURN_NOMINATION = Order("filing.return_nomination", ReturnNomination, Done)
LAPSE_NOMINATION = Order("filing.lapse_nomination", LapseNomination, Lapsed)
CLOSE_INTAKE = Order("filing.close_intake", CloseIntake, Done)
