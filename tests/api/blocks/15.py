@with_retry(fallback=lambda: "default")
def fetch_config():
    # Try to fetch from remote
    return remote_config()
