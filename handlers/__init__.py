"""One module per thing a negotiator does. A handler reads, decides with `bot.coach`, and answers with cards."""
