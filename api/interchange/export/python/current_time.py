"""The time for agents, as Troupe tells it."""

from datetime import datetime, timezone
from zoneinfo import ZoneInfo

from crewai.tools import BaseTool
from pydantic import BaseModel, Field


class CurrentTimeInput(BaseModel):
    timeZone: str | None = Field(
        default=None, description='IANA name such as "Europe/Berlin". UTC when left out.'
    )


class CurrentTime(BaseTool):
    name: str = "current_time"
    description: str = "Tells the current date, weekday and time, in UTC or in a time zone."
    args_schema: type[BaseModel] = CurrentTimeInput

    def _run(self, timeZone: str | None = None) -> str:
        return tell_time(datetime.now(timezone.utc), timeZone or "UTC")


def tell_time(now: datetime, zone: str) -> str:
    """For example Tuesday, 24 November 2026, 08:55:10 (Europe/Berlin, GMT+01:00)."""
    try:
        local = now.astimezone(timezone.utc if zone == "UTC" else ZoneInfo(zone))
    except (KeyError, ValueError, OSError):
        raise ValueError(
            f'"{zone}" is not a time zone. Use an IANA name such as "Europe/Berlin".'
        ) from None
    offset = local.strftime("%z")
    hours = "" if offset == "+0000" else f"{offset[:3]}:{offset[3:5]}"
    place = "UTC" if zone == "UTC" else f"{zone}, GMT{hours}"
    return f"{local:%A}, {local.day} {local:%B %Y, %H:%M:%S} ({place})"
