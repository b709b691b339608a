from error_recovery import classify_error, ErrorCategory

try:
    risky_operation()
except Exception as e:
    category, severity = classify_error(e)
    print(f"Error category: {category.value}, severity: {severity.value}")
