cb = CircuitBreaker(
    failure_threshold=5,    # Open after 5 failures
    recovery_timeout=60.0,  # Wait 60s before testing
    expected_exception=ConnectionError
)
