from error_recovery import with_retry, RetryConfig

@with_retry(RetryConfig(max_retries=3))
def flaky_operation():
    # Your code that might fail transiently
    pass
