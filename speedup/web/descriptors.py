"""How many files and connections this process may have open."""

OURS = 64  # kept for files, and for connections until they are refused


def most_connections() -> int | None:
    """Raises the limit as far as that is allowed, and returns how many connections it leaves room for, None for any number."""
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return None
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft != hard:
        for limit in (hard, 10240):  # macOS calls it endless, and takes no more than this
            try:
                resource.setrlimit(resource.RLIMIT_NOFILE, (limit, hard))
                soft = limit
                break
            except (ValueError, OSError):
                continue
    return None if soft == resource.RLIM_INFINITY else max(soft - OURS, soft // 2)
