@with_retry(RetryConfig(max_retries=3, base_delay=2.0))
def run_tests():
    """Run tests with retry on transient failures."""
    result = subprocess.run(
        ["uvx", "pytest", "tests/"],
        capture_output=True,
        text=True,
        check=True
    )
    return result.stdout
