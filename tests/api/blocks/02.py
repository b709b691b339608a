def fallback_function():
    return "default_value"

@with_retry(fallback=fallback_function)
def operation_with_fallback():
    # Try this first, use fallback if all retries fail
    pass
