# Good: Only retry transient errors
if should_retry(error, attempt, max_retries):
    retry()
else:
    raise error

# Bad: Retry everything
retry()  # Don't do this
