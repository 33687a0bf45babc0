"""Citizens: read the notice without signing in, and object to a few enterprises."""

from deploy.demo.caller import Services
from deploy.demo.choices import is_objected_to


async def object_to_some(services: Services, notice_id: str) -> int:
    """Returns the number of objections filed."""
    citizen = services.public()
    notice = await citizen.get("review", f"/v1/notices/{notice_id}")
    objected = [entry for entry in notice["enterprises"] if is_objected_to(entry["credit_code"])]
    for number, entry in enumerate(objected, 1):
        objection = {
            "name": f"王市民{number}",
            "contact": f"1380000{number:04}",
            "credit_code": entry["credit_code"],
            "text": "该企业申报的仓储面积与实际不符。",
        }
        await citizen.post("review", f"/v1/notices/{notice_id}/objections", objection)
    return len(objected)
