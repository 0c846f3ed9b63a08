"""Opening hours on the screen: words, lines and dialogs that several pages share."""
