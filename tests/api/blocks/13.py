RetryConfig(max_retries=2, base_delay=5.0, max_delay=30.0)
