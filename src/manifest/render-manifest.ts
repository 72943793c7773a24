import { formatAddress, parseAddress } from '../address.js';
import { isObject, textOf, type Json } from '../json.js';
import { manifestText } from './canonical.js';
import { escapeExpressions } from './expression.js';
import type { Manifest } from './manifest.js';
import { maskSecrets } from './problems.js';
import { shortestUnmistakable } from './sensitive.js';

/**
 * The manifest as one text: files, overlays and variables put together, sensitive values masked.
 *
 * Where nothing is sensitive, loading the text gives the same manifest again.
 */
export function renderManifest(manifest: Manifest, format: 'yaml' | 'json' = 'yaml'): string {
  const masking: Masking = { secrets: manifest.secrets, paths: sensitiveDocumentPaths(manifest) };
  const document = masked(manifest.document, [], masking);
  return format === 'json' ? `${JSON.stringify(document, null, 2)}\n` : manifestText(document);
}

interface Masking {
  readonly secrets: readonly string[];
  /** Paths of the document that hold a sensitive value, each as one text. */
  readonly paths: ReadonlySet<string>;
}

function masked(value: Json, path: readonly string[], masking: Masking): Json {
  const isSensitive = masking.paths.has(pathName(path));
  if (typeof value === 'string') {
    const secrets = isSensitive
      ? masking.secrets
      : masking.secrets.filter(({ length }) => length >= shortestUnmistakable);
    return escapeExpressions(maskSecrets(value, secrets));
  }
  if (isSensitive) return '(sensitive)';
  if (Array.isArray(value)) {
    return (value as readonly Json[]).map((item, index) => masked(item, [...path, String(index)], masking));
  }
  if (!isObject(value)) return value;
  const entries = Object.entries(value).map(([key, inner]) => {
    return [escapeExpressions(key), masked(inner, [...path, key], masking)] as const;
  });
  return Object.fromEntries(entries);
}

const pathName = (path: readonly string[]): string => JSON.stringify(path);

function sensitiveDocumentPaths(manifest: Manifest): ReadonlySet<string> {
  const names = new Set<string>();
  for (const [address, paths] of manifest.sensitivePaths) {
    const place = documentPath(address, manifest);
    for (const path of paths) names.add(pathName([...place, ...path]));
  }
  return names;
}

/** An address is a path of the document, except for resources that stand in a list. */
function documentPath(address: string, { document, desired }: Manifest): readonly string[] {
  const kind = desired.get(address)?.kind;
  if (!kind?.link) return parseAddress(address) ?? [];
  const items = document[kind.name];
  const index = (Array.isArray(items) ? items : []).findIndex(
    (item: unknown) =>
      isObject(item) &&
      formatAddress([kind.name, ...kind.key.map((field) => textOf(item[field]))]) === address,
  );
  return [kind.name, String(index)];
}
