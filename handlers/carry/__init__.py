"""What each command does once its conversation has ended: rules asked again, rows written, people told."""
