@dataclass
class RetryConfig:
    max_retries: int = 3          # Maximum retry attempts
    base_delay: float = 1.0       # Initial delay in seconds
    max_delay: float = 60.0       # Maximum delay cap
    exponential_base: float = 2.0 # Backoff multiplier
    jitter: bool = True           # Add randomness to delays
