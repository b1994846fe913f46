/** Records, numbers that kernels read or write by position, by the names that the tables have for these (`tables.records`). */

/**
 * Makes a record of the values {name: number}.
 *
 * @template {string} Name
 * @param {Name[]} names
 * @param {Record<Name, number>} values
 */
export const record = (names, values) => Float64Array.from(names, (name) => values[name]);

/**
 * Gives the first values of an array by the names of a record: {name: number}.
 *
 * @template {string} Name
 * @param {Name[]} names
 * @param {ArrayLike<number>} array
 */
export const fields = (names, array) =>
  /** @type {Record<Name, number>} */ (Object.fromEntries(names.map((name, i) => [name, array[i]])));

/**
 * Gives all records of an array in which they lie one after the other.
 *
 * @template {string} Name
 * @param {Name[]} names
 * @param {Float64Array} array
 */
export const records = (names, array) =>
  Array.from({ length: array.length / names.length }, (_, i) => fields(names, array.subarray(i * names.length)));
