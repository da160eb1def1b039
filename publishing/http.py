"""The one HTTP door: timeouts, size caps, private-address guard, redaction. No retry."""
