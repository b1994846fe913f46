"""The largest eigenvalues of a symmetric matrix that is known by its products."""

from collections.abc import Callable

import numpy as np

EXACT = 1e-10  # the residual, relative to the eigenvalue: its own error is far smaller


def largest(product: Callable[[np.ndarray], np.ndarray], n: int, how_many: int = 1) -> np.ndarray:
    """Returns float64 (how_many,), the largest eigenvalues, the largest first, of a symmetric (n, n) matrix; NaN beyond n.

    Lanczos' method with full reorthogonalisation (Golub & Van Loan 2013, 10.3.5), from a random vector, the same every
    time. NaN if a product is not finite. Eigenvalues that coincide count once.
    """
    found = np.full(how_many, np.nan)
    q = np.random.default_rng(0).normal(size=n)
    basis, diagonal, beside = np.empty((min(n, 64), n)), list[float](), list[float]()
    for k in range(n):
        if k == len(basis):
            basis = np.concatenate([basis, np.empty((min(k, n - k), n))])
        basis[k] = q / np.linalg.norm(q)
        q = product(basis[k])
        if not np.isfinite(q).all():
            return found
        diagonal.append(float(basis[k] @ q))
        for _ in range(2):  # twice is enough
            q = q - basis[: k + 1].T @ (basis[: k + 1] @ q)
        beside.append(float(np.linalg.norm(q)))
        between = np.diag(beside[:-1], 1)
        values, vectors = np.linalg.eigh(np.diag(diagonal) + between + between.T)
        top, size = values[::-1][:how_many], abs(values).max()
        rest = beside[-1] * abs(vectors[-1, ::-1][:how_many])
        if k + 1 == n or beside[-1] <= 1e-14 * size or (len(top) == how_many and (rest <= EXACT * abs(top)).all()):
            break
    found[: len(top)] = top
    return found
