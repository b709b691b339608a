from error_recovery import with_retry_async

@with_retry_async(RetryConfig(max_retries=3))
async def async_operation():
    # Async code with retry
    pass
