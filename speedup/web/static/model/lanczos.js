/** The largest eigenvalue of a symmetric matrix that is known by its products: what lanczos.py does, begun where one likes. */

const EXACT = 1e-9; // the eigenvalue's own error, relative to it: the residual squared, over the gap below it
const NOTHING = 1e-14; // relative to the matrix: what is left is rounding
const MIX = 0.003; // of a random vector in the one to begin with: else a direction that was not seen before might never be
const HALVINGS = 100; // at most, of the interval that an eigenvalue lies in
const TINY = 1e-140; // its square is a number, too

/**
 * Finds it by Lanczos' method with full reorthogonalisation, from a random vector, the same every time, or from near the eigenvector.
 * Yields after each product, so that whoever has other things to do may do them. NaN if a product is not finite.
 *
 * @param {(v: Float64Array) => Float64Array} product
 * @param {number} n
 * @param {Float64Array | null} near  as long as n; only where the search begins
 * @returns {Generator<undefined, {value: number, vector: Float64Array | null, size: number}>}  size: of the matrix, about
 */
export function* largest(product, n, near) {
  let q = begin(n, near);
  /** @type {Float64Array[]} */
  const basis = [];
  /** @type {[diagonal: number[], beside: number[]]} */
  const [diagonal, beside] = [[], []];
  for (;;) {
    const length = norm(q);
    const unit = q.map((value) => value / length);
    basis.push(unit);
    q = product(unit).slice();
    yield;
    if (!Number.isFinite(norm(q))) return { value: NaN, vector: null, size: NaN };
    diagonal.push(dot(unit, q));
    for (let twice = 0; twice < 2; twice++) for (const one of basis) add(q, one, -dot(one, q));
    beside.push(norm(q));
    const { value, size, vector } = top(diagonal, beside);
    const next = beside[beside.length - 1];
    const rest = next * Math.abs(vector[vector.length - 1]);
    const error = rest ** 2 / (EXACT * Math.abs(value)); // to be below the gap, which is at most the value itself
    if (
      basis.length === n ||
      next <= NOTHING * size ||
      (error <= Math.abs(value) && error <= gapOf(diagonal, beside, value, size))
    ) {
      const found = new Float64Array(n);
      basis.forEach((one, i) => add(found, one, vector[i]));
      return { value, vector: found, size };
    }
  }
}

/**
 * Finds some of the largest eigenvalues, as `largest` does the first: then each that was found is taken out of the matrix, moved as far
 * below 0 as it is large. NaN beyond n.
 *
 * @param {(v: Float64Array) => Float64Array} product
 * @param {number} n
 * @param {{near: Float64Array | null, many: number}} how
 * @returns {Generator<undefined, {value: number, vector: Float64Array | null, more: number[]}>}
 */
export function* leading(product, n, { near, many }) {
  const first = yield* largest(product, n, near);
  const taken = [first];
  const rest = (/** @type {Float64Array} */ v) => {
    const out = product(v).slice();
    for (const { value, vector, size } of taken) if (vector) add(out, vector, -(value + size) * dot(vector, v));
    return out;
  };
  while (taken.length < Math.min(many, n) && first.vector) taken.push(yield* largest(rest, n, null));
  const more = Array.from({ length: many - 1 }, (_, i) => taken[i + 1]?.value ?? NaN);
  return { value: first.value, vector: first.vector, more };
}

/**
 * Gives a vector to begin with, almost that one near.
 *
 * @param {number} n
 * @param {Float64Array | null} near
 */
function begin(n, near) {
  const random = Float64Array.from({ length: n }, (_, i) => scrambled(i + 1) / 2 ** 31 - 1);
  if (!near) return random;
  const share = (MIX * norm(near)) / norm(random);
  return near.map((value, i) => value + share * random[i]);
}

/**
 * Gives a whole number below 2^32 that nobody would guess from the one before.
 *
 * @param {number} i
 */
function scrambled(i) {
  let bits = Math.imul(i, 0x9e3779b9);
  for (const factor of [0x85ebca6b, 0xc2b2ae35]) bits = Math.imul(bits ^ (bits >>> 15), factor);
  return (bits ^ (bits >>> 16)) >>> 0;
}

/**
 * Finds the largest eigenvalue of a symmetric tridiagonal matrix, its eigenvector of length 1, and how large the matrix is at most.
 *
 * @param {number[]} diagonal
 * @param {number[]} beside  what stands beside it; one more that isn't of the matrix doesn't matter
 */
function top(diagonal, beside) {
  const k = diagonal.length;
  const size = Math.max(
    ...diagonal.map((value, i) => (i > 0 ? beside[i - 1] : 0) + (i + 1 < k ? beside[i] : 0) + Math.abs(value)),
  );
  const value = eigenvalue(diagonal, beside, 1, size);
  const shift = value + 4 * Number.EPSILON * size; // just above it: there elimination is stable
  let vector = new Float64Array(k).fill(1);
  for (let twice = 0; twice < 2; twice++) vector = solved(pivots(diagonal, beside, shift), beside, vector);
  return { value, size, vector };
}

/**
 * Tells how far the next eigenvalue lies below the largest one, `value`: at most as far as 0 does.
 *
 * @param {number[]} diagonal
 * @param {number[]} beside
 * @param {number} value
 * @param {number} size  of the matrix, at most
 */
function gapOf(diagonal, beside, value, size) {
  if (diagonal.length === 1) return Math.abs(value);
  return Math.min(Math.abs(value), value - eigenvalue(diagonal, beside, 2, size));
}

/**
 * Finds the nth largest eigenvalue by halves.
 *
 * @param {number[]} diagonal
 * @param {number[]} beside
 * @param {number} nth  from 1
 * @param {number} size  of the matrix, at most
 */
function eigenvalue(diagonal, beside, nth, size) {
  let [low, high] = [-size, size];
  for (let i = 0; i < HALVINGS && high - low > 2 * Number.EPSILON * size; i++) {
    const middle = (low + high) / 2;
    if (countAbove(diagonal, beside, middle) >= nth) low = middle;
    else high = middle;
  }
  return high;
}

/**
 * Counts the eigenvalues above a number: as many as elimination has negative pivots there. It keeps none of them, for this is asked
 * fifty times for each eigenvalue.
 *
 * @param {number[]} diagonal
 * @param {number[]} beside
 * @param {number} at
 */
function countAbove(diagonal, beside, at) {
  let [count, pivot] = [0, 1];
  for (let i = 0; i < diagonal.length; i++) {
    pivot = at - diagonal[i] - (i > 0 ? beside[i - 1] ** 2 / pivot : 0) || TINY;
    if (pivot < 0) count += 1;
  }
  return count;
}

/**
 * Eliminates in at I - T: the pivots, none of them 0.
 *
 * @param {number[]} diagonal
 * @param {number[]} beside
 * @param {number} at
 */
function pivots(diagonal, beside, at) {
  const found = new Float64Array(diagonal.length);
  for (let i = 0; i < found.length; i++) found[i] = at - diagonal[i] - (i > 0 ? beside[i - 1] ** 2 / found[i - 1] : 0) || TINY;
  return found;
}

/**
 * Solves (shift I - T) x = right by its pivots; x has length 1.
 *
 * @param {Float64Array} down
 * @param {number[]} beside
 * @param {Float64Array} right
 */
function solved(down, beside, right) {
  const x = right.slice();
  for (let i = 1; i < x.length; i++) x[i] += (x[i - 1] * beside[i - 1]) / down[i - 1];
  for (let i = x.length - 1; i >= 0; i--) x[i] = (x[i] + (i + 1 < x.length ? beside[i] * x[i + 1] : 0)) / down[i];
  const length = norm(x);
  return x.map((value) => value / length);
}

/** @param {Float64Array} a @param {Float64Array} b */
function dot(a, b) {
  let sum = 0;
  for (let i = 0; i < a.length; i++) sum += a[i] * b[i];
  return sum;
}

/** @param {Float64Array} a */
const norm = (a) => Math.sqrt(dot(a, a));

/** @param {Float64Array} to @param {Float64Array} other @param {number} times */
function add(to, other, times) {
  for (let i = 0; i < to.length; i++) to[i] += times * other[i];
}
