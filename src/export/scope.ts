import { UsageError } from '../errors.js';
import { textOf } from '../json.js';
import { kinds } from '../kinds/index.js';
import { titleOf } from '../kinds/identity.js';
import type { Kind, TenantObject } from '../kinds/kind.js';

/** What of a tenant is exported. */
export interface ExportScope {
  /** Sections of the manifest. */
  readonly kinds: ReadonlySet<string>;
  /** Whether an object is wanted. */
  readonly isWanted: (kind: Kind, object: TenantObject) => boolean;
}

const exportable = kinds.filter(({ link }) => !link);

/** Data of their own right: exported only when somebody names them. */
const byNameOnly = exportable.filter(({ endpoints }) => endpoints?.findAll).map(({ name }) => name);

/**
 * Reads `--only` and `--select`.
 *
 * @param only names of sections; none means all but those that are data (users)
 * @param select `name~pattern`, or `field~pattern`: the field has to match the regular expression; several have to all
 * @throws {UsageError} a section or a pattern is none
 */
export function exportScope(only: readonly string[] = [], select: readonly string[] = []): ExportScope {
  const names = exportable.map(({ name }) => name);
  const wanted = only
    .flatMap((text) => text.split(','))
    .map((text) => text.trim())
    .filter((text) => text !== '');
  const unknown = wanted.find((name) => !names.includes(name));
  if (unknown !== undefined) {
    const link = kinds.find(({ name }) => name === unknown)?.link;
    if (link) {
      throw new UsageError(
        `--only ${unknown}: they are exported with what they belong to`,
        `name ${link.from.kind} instead: each is written with its ${link.from.relation}`,
      );
    }
    throw new UsageError(
      `--only ${unknown} is no section of a manifest`,
      `the sections are ${names.join(', ')}`,
    );
  }
  const filters = select.map(filterFrom);
  return {
    kinds: new Set(wanted.length > 0 ? wanted : names.filter((name) => !byNameOnly.includes(name))),
    isWanted: (kind, object) => filters.every((matches) => matches(kind, object)),
  };
}

function filterFrom(text: string): ExportScope['isWanted'] {
  const [, field = '', pattern = ''] = /^([A-Za-z.]+)~(.*)$/s.exec(text) ?? [];
  if (field === '') {
    throw new UsageError(`--select ${text} is no filter`, 'write name~PATTERN, such as name~^Shop');
  }
  const expression = regularExpression(text, pattern);
  return (kind, { fields }) => {
    // There is one of each, and it has no name.
    if (kind.singleton) return field !== 'name';
    const value = field === 'name' ? titleOf(kind, fields) : fields[field];
    return value !== undefined && value !== null && expression.test(textOf(value));
  };
}

function regularExpression(text: string, pattern: string): RegExp {
  try {
    return new RegExp(pattern, 'u');
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new UsageError(`--select ${text} holds no regular expression: ${reason}`);
  }
}
