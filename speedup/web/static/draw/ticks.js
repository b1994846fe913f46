/** Round numbers along an axis, and how they are written. Knows no page. */
import { niceStep } from "./plot.js";

/** [{value, text}] of at most about `fits` round numbers from low to high. */
export function roundTicks(low, high, fits) {
  const step = niceStep((high - low) / fits);
  const digits = Math.min(100, Math.max(0, -Math.floor(Math.log10(step) + 1e-9)));
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  return Array.from({ length: count }, (_, i) => {
    const value = Number(((first + i) * step).toFixed(digits));
    return { value, text: value.toFixed(digits).replace("-", "−") };
  });
}
