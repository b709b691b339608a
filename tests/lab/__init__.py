"""The lab: a server on 127.0.0.1 that serves packages, repositories and files, and fails on purpose."""
