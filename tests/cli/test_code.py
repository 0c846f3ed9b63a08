"""Commands of somebody whose sign-in has a second step."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyotp

from famdesk.data.home import Home
from famdesk.usecases import session
from famdesk.usecases.demo.demo_accounts import DEMO_LOGIN, DEMO_PASSWORD
from famdesk.usecases.staff import second_step
from tests.cli.conftest import Command


def test_a_command_takes_the_code_from_the_environment(famdesk: Command, demo_home: Path) -> None:
    office = session.sign_in(Home(demo_home), DEMO_LOGIN, DEMO_PASSWORD)
    secret = second_step.prepare(office).secret
    telephone = pyotp.TOTP(secret)
    second_step.turn_on(office, DEMO_PASSWORD, secret, telephone.at(datetime.now(UTC) - timedelta(seconds=30)))
    office.close()
    told = famdesk("open", "--home", demo_home, "--json", FAMDESK_LANGUAGE="en")
    assert (told.status, told.err) == (1, "Now type the six digits that your telephone shows.\n")
    told = famdesk("open", "--home", demo_home, "--json", FAMDESK_LANGUAGE="en", FAMDESK_CODE="000000")
    assert told.status == 1
    assert "not right" in told.err
    told = famdesk("open", "--home", demo_home, "--json", FAMDESK_LANGUAGE="en", FAMDESK_CODE=telephone.now())
    assert told.status == 0, told.err
