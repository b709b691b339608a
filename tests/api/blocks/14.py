@with_retry(RetryConfig(max_retries=3))
def operation():
    logger.info("Attempting operation...")
    # Operation code
    logger.info("✓ Operation successful")
