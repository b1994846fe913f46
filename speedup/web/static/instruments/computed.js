/** What an instrument shows once more, as in a picture: what somebody else has computed, without computing anything. */

/**
 * Gives a source that knows what another one does, and does nothing.
 *
 * @template {object} Source
 * @param {Source} source
 */
export const computed = (source) => ({ ...source, want() {}, rest() {}, move() {}, destroy() {} });
