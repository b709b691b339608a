# Good: Has fallback
@with_retry(fallback=use_cache)
def fetch_critical_data():
    return fetch_from_api()

# Bad: No fallback for critical operation
@with_retry()
def fetch_critical_data():
    return fetch_from_api()
