import { formatAddress } from '../address.js';
import type { PlacedObstacle } from '../edit/edit-manifests.js';
import type { Problem, SourceRange } from '../errors.js';
import type { Json } from '../json.js';
import type { Manifest } from '../manifest/manifest.js';
import { withoutSecrets } from '../manifest/problems.js';
import { shortestUnmistakable } from '../manifest/sensitive.js';
import { rangeOf } from '../manifest/source-text.js';
import type { Change } from '../plan/plan.js';
import { valueText } from '../render/plan-text.js';
import type { Resource } from '../state/resource.js';

/** Longer values are folded in messages. */
const widestValue = 200;

/** What a message calls a field of a resource: `applications.web: description`. */
export const fieldName = (address: string, path: readonly string[]): string =>
  path.length === 0 ? address : `${address}: ${formatAddress(path)}`;

function refusal(manifest: Manifest, at: SourceRange | undefined, message: string, hint?: string): Problem {
  const problem: Problem = {
    code: 'conflict',
    severity: 'warning',
    message,
    ...(hint !== undefined && { hint }),
    ...(at && { at }),
  };
  return withoutSecrets(problem, manifest.secrets);
}

/** What the tenant has, as far as it may be shown. */
const tenantHas = ({ before, sensitive }: Change): string =>
  sensitive
    ? 'the tenant has another secret'
    : before === undefined
      ? 'the tenant has nothing there'
      : `the tenant has ${valueText(before, widestValue)}`;

/** Whether a value holds a secret of the manifest, as a whole or as a part of a text. */
export function containsSecret(value: Json | undefined, { secrets }: Pick<Manifest, 'secrets'>): boolean {
  if (typeof value === 'string') {
    return secrets.some((secret) => secret.length >= shortestUnmistakable && value.includes(secret));
  }
  return typeof value === 'object' && value !== null
    ? Object.values(value).some((inner) => containsSecret(inner, { secrets }))
    : false;
}

export function isSecret(
  { address, kind }: Pick<Resource, 'address' | 'kind'>,
  path: readonly string[],
  manifest: Manifest,
): Problem {
  const [section = ''] = kind.name.split('.');
  const isOfKind = kind.fields[path[0] ?? '']?.sensitive === true;
  const message = `${fieldName(address, path)} has another value in the tenant; it is or holds a secret, so it is not written down`;
  const hint = isOfKind
    ? `give its variable that value: \`logto-iac export --only ${section} --out NEW-FOLDER --reveal-secrets FILE\` writes it to FILE, readable by you alone`
    : 'give its variable that value, or apply to put back what it was';
  return refusal(manifest, manifest.locate(address, path), message, hint);
}

export function isUndeclared(
  { address }: Resource,
  path: readonly string[],
  names: readonly string[],
  manifest: Manifest,
): Problem {
  const message = `${fieldName(address, path)}: the tenant also has ${names.join(', ')}, which no manifest declares`;
  const hint =
    'declare it, as `logto-iac export --out FOLDER` over the manifests does, or refer to it under external; then accept again';
  return refusal(manifest, manifest.locate(address, path), message, hint);
}

export function isKeyOfIts({ address, kind }: Resource, change: Change, manifest: Manifest): Problem {
  const message = `${address} has another ${kind.keyField ?? 'key'} in the tenant, which is its key in the manifest: ${tenantHas(change)}`;
  const hint = 'rename the key, and say so with moved:';
  return refusal(manifest, manifest.locate(address), message, hint);
}

/** What stands in the way of an edit, in words. */
export function isBlockedBy(
  obstacle: PlacedObstacle,
  subject: string,
  change: Change | undefined,
  manifest: Manifest,
): Problem {
  const { source, start, end } = obstacle;
  const { reason, hint } = wordsFor(obstacle, change);
  const has = change ? `; ${tenantHas(change)}` : '';
  return refusal(manifest, rangeOf({ source, start, end }), `${subject} ${reason}${has}`, hint);
}

interface Words {
  readonly reason: string;
  readonly hint: string;
}

function wordsFor(obstacle: PlacedObstacle, change: Change | undefined): Words {
  const { type, name = '', elsewhere, source } = obstacle;
  const other = elsewhere === undefined ? undefined : source.rangeOf(elsewhere, elsewhere);
  const otherPlace = other ? `${other.file}:${other.line}:${other.column}` : '';
  const value = change?.before === undefined ? undefined : valueText(change.before, widestValue);
  switch (type) {
    case 'expression':
      return {
        reason: 'is given by an expression, which is not overwritten',
        hint: `give the variable "${name}" another value, or write the value in place of the expression`,
      };
    case 'alias':
      return {
        reason: `is given by *${name}, which stands for what is stated elsewhere`,
        hint: `write the value here in place of *${name}, or change what &${name} marks`,
      };
    case 'anchor':
      return {
        reason: `is marked by &${name}, and used again at ${otherPlace}`,
        hint: 'change it by hand where both shall be changed; else write the value out there first',
      };
    case 'merge':
      return {
        reason: 'comes in by <<, which stands for what is stated elsewhere',
        hint: `state it beside the <<, where it wins${value === undefined ? '' : `: ${value}`}`,
      };
    case 'removal':
      return {
        reason: 'is taken out by !remove',
        hint: 'take the !remove out to have it again',
      };
    case 'shared-file':
      return {
        reason: `is read from the file ${name}, which other values are read from too`,
        hint: 'give it a file of its own',
      };
    case 'unreadable-file':
      return { reason: `is read from the file ${name}, which cannot be read`, hint: 'change it by hand' };
    case 'unusual':
      return {
        reason: 'is written in a way that is not edited without changing something else',
        hint: 'change it by hand',
      };
  }
}

/** It would not be valid, or the plan would differ all the same. */
export const wouldNotDo = (
  manifest: Manifest,
  at: SourceRange | undefined,
  subject: string,
  why: string,
  hint?: string,
): Problem => refusal(manifest, at, `${subject} is not taken over: ${why}`, hint);

export function isNotThere(address: string, manifest: Manifest): Problem {
  const message = `${address} is gone from the tenant`;
  const hint = 'accept that too with --accept-deletions, or apply to have it again';
  return refusal(manifest, manifest.locate(address), message, hint);
}

export function isProtected(address: string, manifest: Manifest): Problem {
  const message = `${address} is gone from the tenant, and protected: it stays in the manifest`;
  const hint = 'apply to have it again, or take lifecycle.protect out first';
  return refusal(manifest, manifest.locate(address), message, hint);
}
