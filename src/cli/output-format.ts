import { UsageError } from '../errors.js';
import { coloured, plain, type Paint } from '../render/paint.js';

/** @throws {UsageError} the format is none of those that the command has */
export function checkFormat<const F extends string>(format: string, known: readonly F[]): F {
  const found = known.find((name) => name === format);
  if (found === undefined) throw new UsageError(`--format ${format} is none of ${known.join(', ')}`);
  return found;
}

/** Colours only on a terminal, and not where NO_COLOR is set (https://no-color.org). */
export function paintFor(
  stream: Pick<NodeJS.WriteStream, 'isTTY'>,
  environment: NodeJS.ProcessEnv = process.env,
): Paint {
  const wanted = stream.isTTY && (environment.NO_COLOR ?? '') === '' && environment.TERM !== 'dumb';
  return wanted ? coloured : plain;
}

/** JSON as a document of its own on standard output. */
export const printJson = (value: unknown): void => {
  process.stdout.write(`${JSON.stringify(value, null, 2)}\n`);
};
