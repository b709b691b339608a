RetryConfig(max_retries=3, base_delay=0.5, max_delay=5.0)
