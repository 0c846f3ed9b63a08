"""Rules about colleagues: who may do what, passwords, the second step, what they are told."""
