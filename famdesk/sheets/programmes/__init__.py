"""Sheets around initiatives: flyers, sign-in, certificates, feedback, applications."""
