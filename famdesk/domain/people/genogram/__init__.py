"""The genogram: who is tied to whom, and where everything stands in the drawing."""
