# Good: Informative logging
logger.warning(f"Operation failed (attempt {attempt}): {error}. Retrying...")

# Bad: Silent failures
pass  # Don't do this
