/**
 * Splits a scene into its spec and how it is looked at.
 *
 * @param {Scene} scene
 * @param {Kind} kind
 * @param {Looks} before  where the scene says nothing of a look, it stays
 * @returns {{spec: Spec, looks: Partial<Looks>}}
 */
export function split(scene, kind, before) {
  const { ...spec } = scene;
  /** @type {Record<string, unknown>} */
  const looks = {};
  for (const name of kind.looks) {
    looks[name] = name in scene ? (scene[name] ?? null) : before[name];
    delete spec[name];
  }
  return { spec, looks };
}
