/** Finds places for the names on the map. A label is {text, x, y, width, height, at, …}, (x, y) its left middle. */

const ROUNDS = 24;

/** Puts a label beside the point that it names, `gap` pixels away: on a side, without room there on the other. */
export function beside(label, gap, side, rect) {
  const [px] = label.at;
  const fits = { right: px + gap + label.width < rect.right, left: px - gap - label.width > rect.left };
  const other = side === "right" ? "left" : "right";
  label.side = fits[side] || !fits[other] ? side : other;
  [label.x, label.y] = [label.side === "right" ? px + gap : px - gap - label.width, label.at[1]];
}

/** Labels to the right of points that crowd together begin behind the crowd, stars included. `em`: pixels. */
export function clear(labels, stars, em) {
  const behind = stars.map((at) => ({ at, x: at[0] + em }));
  const crowd = [...labels.filter(({ side }) => side === "right"), ...behind];
  const near = ({ at: a }, { at: b }) => Math.abs(a[0] - b[0]) < 2.5 * em && Math.abs(a[1] - b[1]) < 1.2 * em;
  const begins = crowd.map((one) => Math.max(...crowd.filter((other) => near(one, other)).map(({ x }) => x)));
  crowd.forEach((one, i) => { one.x = begins[i]; });
}

/**
 * Puts labels in order from top to bottom, beginning with the order that they are in: only those clearly out of
 * order, by `slack` pixels, change places, so that names don't flicker where points tremble about each other.
 */
export function sort(labels, slack) {
  for (let end = labels.length - 1; end > 0; end--) {
    for (let i = 0; i < end; i++) {
      const [one, next] = [labels[i], labels[i + 1]];
      if (one.at[1] > next.at[1] + slack) [labels[i], labels[i + 1]] = [next, one];
    }
  }
}

/** Moves labels, given from top to bottom, up and down until none overlaps another; they stay inside. */
export function spread(labels, { top, bottom }) {
  for (let round = 0, moved = true; round < ROUNDS && moved; round++) {
    moved = false;
    for (let i = 0; i < labels.length; i++) {
      for (let j = i + 1; j < labels.length; j++) moved = part(labels[i], labels[j]) || moved;
    }
    for (const label of labels) {
      label.y = Math.min(bottom - label.height / 2, Math.max(top + label.height / 2, label.y));
    }
  }
}

/** Pushes two labels apart, the first one up. */
function part(upper, lower) {
  const missing = (upper.height + lower.height) / 2 - (lower.y - upper.y);
  if (!alongside(upper, lower) || missing < 0.05) return false;
  upper.y -= missing / 2;
  lower.y += missing / 2;
  return true;
}

const alongside = (a, b) => a.x < b.x + b.width && b.x < a.x + a.width;
const meet = (a, b) => alongside(a, b) && Math.abs(a.y - b.y) < (a.height + b.height) / 2;

/** Puts a label where no other is: left of its point, right, below or above; false if there is no room. */
export function squeeze(label, gap, others, rect) {
  const [px, py] = label.at;
  const middle = px - label.width / 2;
  const half = label.height / 2;
  const sides = [[px - gap - label.width, py], [px + gap, py], [middle, py + gap + half], [middle, py - gap - half]];
  return sides.some(([x, y]) => {
    Object.assign(label, { x, y });
    const across = x > rect.left && x + label.width < rect.right;
    return across && y - half > rect.top && y + half < rect.bottom && !others.some((other) => meet(label, other));
  });
}
