api_circuit = CircuitBreaker(failure_threshold=5, recovery_timeout=60.0)

def call_external_api():
    return api_circuit.call(requests.get, "https://api.example.com")
