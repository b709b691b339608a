def fallback_cached_dependencies():
    """Use cached dependencies if installation fails."""
    logger.info("Using cached dependencies...")
    # Load from cache
    return cached_deps

@with_retry(
    RetryConfig(max_retries=3),
    fallback=fallback_cached_dependencies
)
def ensure_dependencies():
    """Install dependencies with fallback to cache."""
    return install_dependencies()
