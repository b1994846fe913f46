/** How long a film is: what a browser writes while it records has no end, and players then show no time and can't seek. */

const INFO = [0x15, 0x49, 0xa9, 0x66];
const DURATION = [0x44, 0x89];
const HEAD = 4096; // bytes, more than come before the first frame

/**
 * Gives the WebM with its duration; as it is where that is there already, or where the file looks otherwise than expected.
 *
 * @param {Blob} blob
 * @param {number} milliseconds
 */
export async function withDuration(blob, milliseconds) {
  const head = new Uint8Array(await blob.slice(0, HEAD).arrayBuffer());
  const at = find(head, INFO);
  const size = at < 0 ? null : readSize(head, at + INFO.length);
  if (!size || size.end + size.value > head.length || find(head.subarray(size.end, size.end + size.value), DURATION) >= 0)
    return blob;
  const duration = new DataView(new ArrayBuffer(11)); // its name, its size (8 bytes follow), a float64
  [...DURATION, 0x88].forEach((byte, i) => duration.setUint8(i, byte));
  duration.setFloat64(3, milliseconds);
  const grown = new DataView(new ArrayBuffer(8));
  grown.setBigUint64(0, BigInt(size.value + duration.byteLength) | (1n << 56n));
  const rest = size.end + size.value;
  return new Blob([blob.slice(0, at + INFO.length), grown, blob.slice(size.end, rest), duration, blob.slice(rest)], {
    type: blob.type,
  });
}

/**
 * @param {Uint8Array} bytes
 * @param {number[]} name
 */
function find(bytes, name) {
  return bytes.findIndex((_, at) => name.every((byte, i) => bytes[at + i] === byte));
}

/**
 * Reads an EBML size at a place, {value, end (of its own bytes)}: as many bytes as the first has leading zeros, and one.
 *
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function readSize(bytes, at) {
  const length = Math.clz32(bytes[at]) - 23;
  if (length > 8) return null;
  let value = bytes[at] & (0xff >> length);
  for (let i = 1; i < length; i++) value = value * 256 + bytes[at + i];
  return { value, end: at + length };
}
