"""The edge: platforms, intake, delivery, schedule, health, and the wiring of them all."""
