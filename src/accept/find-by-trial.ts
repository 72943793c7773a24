import { RefusedError, type Problem } from '../errors.js';
import type { Manifest } from '../manifest/manifest.js';
import type { Wanted } from './edit-and-check.js';
import { fieldName, wouldNotDo } from './why-not.js';

/** Each trial reads the tenant; where so many do not tell, nothing is taken over. */
const maximumTrials = 40;

/**
 * Finds out, half by half, which edits make manifests wrong that are right without them, where no problem tells it by its
 * place. What takes a resource out is tried last, as it is what others may need.
 *
 * @param check throws {@link RefusedError} where manifests with these edits are wrong
 * @returns the edits that are to be left, and why
 * @throws {RefusedError} it takes too long to find out
 */
export async function findByTrial(
  wanted: readonly Wanted[],
  { manifest }: { readonly manifest: Manifest },
  check: (tried: readonly Wanted[]) => Promise<unknown>,
): Promise<ReadonlyMap<Wanted, Problem>> {
  const wrong = new Map<Wanted, Problem>();
  const right: Wanted[] = [];
  let trials = 0;
  const tryWith = async (group: readonly Wanted[]): Promise<void> => {
    const [first] = group;
    if (!first) return;
    try {
      await check([...right, ...group]);
      right.push(...group);
    } catch (error) {
      trials += 1;
      if (!(error instanceof RefusedError) || trials > maximumTrials) throw error;
      if (group.length === 1) wrong.set(first, refusalOf(first, error, manifest));
      const middle = Math.ceil(group.length / 2);
      if (group.length > 1) {
        await tryWith(group.slice(0, middle));
        await tryWith(group.slice(middle));
      }
    }
  };
  await tryWith(wanted.filter(({ edit }) => !edit.isDeletion));
  await tryWith(wanted.filter(({ edit }) => edit.isDeletion));
  return wrong;
}

function refusalOf(
  { address, path }: Wanted,
  { problems, message }: RefusedError,
  manifest: Manifest,
): Problem {
  const [problem] = problems;
  return wouldNotDo(
    manifest,
    manifest.locate(address, path),
    fieldName(address, path),
    problem?.message ?? message,
    problem?.hint,
  );
}
