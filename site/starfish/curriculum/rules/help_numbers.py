"""The numbers and addresses of help services: right to the last digit."""

from __future__ import annotations

import re
from datetime import date

from ..curriculum import Curriculum
from ..records import CountryFile
from .help_data import services
from .registry import Found, rule
from .walk import facts_files


@rule("help-id", "help")
def help_id(curriculum: Curriculum, on: date) -> Found:
    """A file in `help/` is named after its country, and the ids of its services begin with the country's
    code; those of worldwide services begin with `xx-`."""
    for file, country in facts_files(curriculum, CountryFile):
        if file.path != f"help/{country.country}.yaml":
            yield (
                file.place("country"),
                f"`{country.country}` is not the name of this file",
                "make them the same",
            )
        prefix = "xx-" if country.country == "world" else f"{country.country}-"
        for number, service in enumerate(country.services):
            if not service.id.startswith(prefix):
                yield (
                    file.place("services", number, "id"),
                    f"`{service.id}` does not begin with `{prefix}`",
                    "correct the id",
                )


@rule("phone-digits", "help")
def phone_digits(curriculum: Curriculum, on: date) -> Found:
    """The number that is shown and the number that is dialled have the same digits; words in brackets, `or`
    and spaces do not count. The international form ends with the same digits, without a leading 0. One wrong
    digit reaches a stranger."""
    for file, number, _, service in services(curriculum):
        if phone := service.phone:
            place = file.place("services", number, "phone")
            shown = re.split(r"\bor\b|\(", phone.display)[0]
            if _digits(shown) not in (_digits(phone.dial), _national(phone.dial, phone.e164)):
                yield place, f"`{phone.display}` is not the number `{phone.dial}`", "make the digits the same"
            if phone.e164 and not _digits(phone.e164).endswith(_digits(phone.dial).lstrip("0")):
                yield (
                    place,
                    f"`{phone.e164}` does not end with `{phone.dial.lstrip('0')}`",
                    "make the digits the same",
                )
        if (sms := service.sms) and _digits(sms.number) not in (
            _digits(sms.display),
            f"1{_digits(sms.display)}",
        ):
            place = file.place("services", number, "sms")
            yield (
                place,
                f"`{sms.display}` does not show the number `{sms.number}`",
                "make the digits the same",
            )


def _digits(text: str) -> str:
    return re.sub(r"\D", "", text)


def _national(dial: str, e164: str | None) -> str:
    """A number as it is dialled at home, where `dial` is the international form: +1 800 ... is 1-800-..."""
    return _digits(dial).removeprefix("1") if dial == e164 else _digits(dial)


@rule("help-number-in-words", "help")
def help_number_in_words(curriculum: Curriculum, on: date) -> Found:
    """The words of a service hold no telephone number. The number stands in `phone` and `sms` only, so that
    it is right everywhere at once."""
    for file, number, _, service in services(curriculum):
        for name, text in service.text.model_dump().items():
            if match := re.search(r"(?<!\d)\+?\d[\d -]{3,}\d(?!\d)", text or ""):
                place = file.place("services", number, "words", "en", name)
                if len(_digits(match[0])) >= 5:
                    yield place, f"`{match[0]}` is a number in words", "leave it to `phone` or `sms`"


@rule("plain-http", "help", level="warning")
def plain_http(curriculum: Curriculum, on: date) -> Found:
    """Web addresses of services begin with `https`. With `http` others on the network can see what is
    read."""
    for file, number, _, service in services(curriculum):
        for name in ("chat", "website", "report"):
            if (getattr(service, name) or "").startswith("http://"):
                place = file.place("services", number, name)
                yield place, f"`{getattr(service, name)}` is not https", "see whether it works with `https`"
