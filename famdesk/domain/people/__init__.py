"""Persons and families as pure rules: names, births, relations, tax codes, double files, genograms."""
