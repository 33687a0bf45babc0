"""The base of everything that crosses a border."""

from pydantic import BaseModel, ConfigDict


class Model(BaseModel):
    """Immutable; unknown fields are ignored, so that a reader survives a writer with newer optional fields."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Text(Model):
    """One text in the two languages people read: Chinese first, English second."""

    zh: str
    en: str

    def in_language(self, language: str) -> str:
        return self.en if language == "en" else self.zh
