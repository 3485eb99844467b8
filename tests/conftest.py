"""For all tests: properties are tried without a deadline, since a busy machine is no fault of the code."""

from __future__ import annotations

import hypothesis

hypothesis.settings.register_profile("steady", deadline=None)
hypothesis.settings.load_profile("steady")
