from error_recovery import CircuitBreaker

cb = CircuitBreaker(failure_threshold=5, recovery_timeout=60.0)

def protected_operation():
    return cb.call(risky_function, arg1, arg2)
