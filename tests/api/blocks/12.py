RetryConfig(max_retries=10, base_delay=2.0, max_delay=120.0)
