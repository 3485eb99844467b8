"""What a browser is told about a page: where its parts may come from, and what may not be done with it."""

from __future__ import annotations

from typing import Final


def content_policy(style_nonce: str = "") -> str:
    """The content security policy of a page: everything from this service, and no inline code or style.

    Args:
        style_nonce: lets style elements that carry it in; made anew for each answer, for a page whose scripts make
            style sheets.
    """
    styles = f"'self' 'nonce-{style_nonce}'" if style_nonce else "'self'"
    return (
        f"default-src 'none'; style-src {styles}; script-src 'self'; img-src 'self' data:; font-src 'self'; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )


SECURITY_HEADERS: Final = {
    "Content-Security-Policy": content_policy(),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}
