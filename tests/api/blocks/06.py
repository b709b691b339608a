RetryConfig(
    max_retries=5,
    base_delay=1.0,      # Start with 1 second
    max_delay=60.0,      # Cap at 60 seconds
    exponential_base=2.0, # Double each time
    jitter=True          # Add randomness
)
