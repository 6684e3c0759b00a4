"""Pure judgement: no input or output, no clock, no chance. Time is an argument."""
