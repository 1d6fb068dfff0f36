"""Rules, findings and verdicts: the judgement."""
