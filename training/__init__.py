"""What the runtime is made with and measured by: tables, benchmarks and the ranking model."""
