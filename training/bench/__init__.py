"""Quality benchmarks: what the detector finds, whom it accuses by mistake, and how fast it is."""
