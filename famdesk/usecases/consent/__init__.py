"""Consents: their texts, who has to sign, and whether something may be done."""
