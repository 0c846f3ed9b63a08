"""For whoever checks the centre: what was done, whether it is whole, how much there was."""
