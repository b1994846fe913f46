/** What need not be done again, for nothing that it depends on is another. */

/**
 * Makes differs(...things): whether one of them is another than at the last call, at first always. Arrays of numbers are
 * compared number by number, for kernels write into the same ones again.
 */
export function createDiffers() {
  /** @type {unknown[]} */
  let before = [];
  let asked = false;
  return (/** @type {unknown[]} */ ...now) => {
    const same = asked && now.length === before.length && now.every((one, i) => isSame(one, before[i]));
    asked = true;
    if (!same) before = now.map((one) => (isNumbers(one) ? one.slice() : one));
    return !same;
  };
}

/** @param {unknown} one @returns {one is Float64Array | Float32Array | Uint8Array} */
const isNumbers = (one) => one instanceof Float64Array || one instanceof Float32Array || one instanceof Uint8Array;

/** @param {unknown} one @param {unknown} other */
function isSame(one, other) {
  if (!isNumbers(one) || !isNumbers(other)) return Object.is(one, other);
  if (one.length !== other.length) return false;
  for (let i = 0; i < one.length; i++) if (!Object.is(one[i], other[i])) return false;
  return true;
}
