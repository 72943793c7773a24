import fc from 'fast-check';

import { editManifests } from '../../src/edit/edit-manifests';
import { leavesOf } from '../../src/edit/edit';
import { isObject, type Json, type JsonObject } from '../../src/json';
import { parseManifest } from '../../src/manifest/load-manifest';
import { SourceText } from '../../src/manifest/source-text';
import { anyObject, anyValue, writtenBy, type Line } from './random-texts';

/** Draws what becomes of a value: it stays, changes inside, or is another one. */
function changed(value: Json): fc.Arbitrary<Json> {
  const inside: fc.Arbitrary<Json>[] = [];
  if (isObject(value)) inside.push(changedObject(value));
  if (Array.isArray(value)) inside.push(changedList(value as readonly Json[]));
  return fc.oneof(
    { weight: 4, arbitrary: fc.constant(value) },
    { weight: 2, arbitrary: anyValue(1) },
    ...inside.map((arbitrary) => ({ weight: 4, arbitrary })),
  );
}

function changedObject(value: JsonObject): fc.Arbitrary<JsonObject> {
  const entries = Object.entries(value).map(([key, inner]) =>
    fc.oneof(
      { weight: 6, arbitrary: changed(inner).map((after) => [[key, after] as const]) },
      { weight: 1, arbitrary: fc.constant([]) },
    ),
  );
  const added = fc.option(fc.tuple(fc.constantFrom('new', 'also new', 'z'), anyValue(2)), { nil: undefined });
  return fc
    .tuple(fc.tuple(...entries), added)
    .map(([kept, more]) => Object.fromEntries<Json>([...kept.flat(), ...(more ? [more] : [])]));
}

function changedList(value: readonly Json[]): fc.Arbitrary<Json> {
  const items = value.map((item) =>
    fc.oneof(
      { weight: 6, arbitrary: changed(item).map((after) => [after]) },
      { weight: 1, arbitrary: fc.constant([]) },
      { weight: 1, arbitrary: anyValue(1).map((more) => [more, item]) },
    ),
  );
  return fc
    .tuple(fc.tuple(...items), fc.array(anyValue(1), { maxLength: 1 }))
    .map(([kept, more]) => [...kept.flat(), ...more]);
}

const drawn = anyObject(3, 1).chain((value) =>
  fc.record({
    value: fc.constant(value),
    wanted: changedObject(value),
    seed: fc.nat(),
    lineEnd: fc.constantFrom('\n', '\r\n'),
    isOpenEnd: fc.boolean(),
  }),
);

/** Lines of what is not changed, nor is anything in it. */
function untouched(lines: readonly Line[], value: JsonObject, wanted: JsonObject): readonly string[] {
  const leaves = leavesOf({ path: placeOfData, before: value, after: wanted }).map(({ path }) => path);
  const touches = (path: readonly string[]): boolean =>
    path.length > 0 &&
    leaves.some(
      (leaf) =>
        path.every((key, index) => leaf[index] === key) || leaf.every((key, index) => path[index] === key),
    );
  return lines.filter(({ text, path }) => text !== '' && !touches(path)).map(({ text }) => text);
}

function isPartOf(lines: readonly string[], all: readonly string[]): boolean {
  let next = 0;
  for (const line of all) if (line === lines[next]) next += 1;
  return next === lines.length;
}

const placeOfData = ['applications', 'web', 'customData'];

test('any edit of any text gives what is wanted, and leaves every other line as it is', async () => {
  await fc.assert(
    fc.asyncProperty(drawn, async ({ value, wanted, seed, lineEnd, isOpenEnd }) => {
      const manifest = (customData: JsonObject): JsonObject => ({
        applications: { web: { name: 'Web', type: 'SPA', customData } },
      });
      const { lines } = writtenBy(seed, manifest(value));
      const text = lines.map((line) => line.text).join(lineEnd) + (isOpenEnd ? '' : lineEnd);
      const source = new SourceText('logto.yaml', text);
      const edit = { path: placeOfData, before: value, after: wanted };
      const made = await editManifests({ manifests: [source], overlays: [] }, [edit], {
        readFile: neverRead,
      });
      const after = made.texts.get(source) ?? text;
      const loaded = await parseManifest([{ name: 'logto.yaml', text: after }]);
      expect([...made.obstacles.values()]).toEqual([]);
      expect(loaded.document).toEqual({ stack: 'default', ...manifest(wanted) });
      // In a block that keeps its last line breaks, they mean something.
      if (!/\|\+/.test(after)) expect(after.endsWith('\n')).toBe(!isOpenEnd);
      expect(after.split(lineEnd).some((line) => /[\r\n]/.test(line))).toBe(false);
      const kept = untouched(lines, value, wanted);
      const found = after.split(lineEnd);
      if (!isPartOf(kept, found)) expect(found).toEqual(kept);
    }),
    { numRuns: Number(process.env['EDIT_RUNS'] ?? 300) },
  );
});

const neverRead = (): Promise<undefined> => Promise.resolve(undefined);
