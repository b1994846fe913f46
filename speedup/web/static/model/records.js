/** Records, numbers that kernels read or write by position, by the names that the tables have for these (`tables.records`). */

/** A record of the values {name: number}. @param {string[]} names @param {Record<string, number>} values */
export const record = (names, values) => Float64Array.from(names, (name) => values[name]);

/** The first values of an array by the names of a record: {name: number}. @param {string[]} names @param {ArrayLike<number>} array */
export const fields = (names, array) => Object.fromEntries(names.map((name, i) => [name, array[i]]));

/** All records of an array in which they lie one after the other. @param {string[]} names @param {Float64Array} array */
export const records = (names, array) =>
  Array.from({ length: array.length / names.length }, (_, i) => fields(names, array.subarray(i * names.length)));
