import { stringify } from 'yaml';
import { UsageError } from '../errors.js';
import type { OutputValue } from './value.js';

export type OutputFormat = 'dotenv' | 'env' | 'shell' | 'json' | 'k8s-secret';

/** What a Secret of Kubernetes is called. */
export interface SecretName {
  readonly name: string;
  readonly namespace?: string;
}

type Values = readonly Pick<OutputValue, 'variable' | 'place' | 'value'>[];

/**
 * Values as a text that gives exactly them to whoever reads it as what it is.
 *
 * @throws {UsageError} the format cannot hold a value: no value is repeated in the message
 */
export function formatValues(
  values: Values,
  format: OutputFormat,
  secret: SecretName = { name: 'logto' },
): string {
  switch (format) {
    case 'dotenv':
      return lines(values.map((value) => `${value.variable}=${dotenvText(value)}`));
    case 'env':
      return lines(values.map((value) => `${value.variable}=${plainText(value)}`));
    case 'shell':
      return lines(values.map(({ variable, value }) => `export ${variable}=${shellText(value)}`));
    case 'json':
      return `${JSON.stringify(Object.fromEntries(values.map(({ variable, value }) => [variable, value])), null, 2)}\n`;
    case 'k8s-secret':
      return secretManifest(values, secret);
  }
}

const lines = (all: readonly string[]): string => all.map((line) => `${line}\n`).join('');

/** One line each, taken as it is, without quotes: `docker run --env-file`, `$GITHUB_ENV`. */
function plainText({ variable, place, value }: Values[number]): string {
  if (!/[\r\n]/.test(value)) return value;
  throw new UsageError(
    `${variable} (${place}) has several lines, and the format env has one for each`,
    'choose another format, such as --format shell or json',
  );
}

/**
 * Quoted so that every reader of such files understands the same: some know no escapes, and some replace `$NAME` in double
 * quotes, so that all but the plainest values stand in single quotes.
 */
function dotenvText({ variable, place, value }: Values[number]): string {
  if (/^[\w./:@%+,-]+$/.test(value)) return value;
  if (!/['\\\r]/.test(value)) return `'${value}'`;
  if (!/["\\$`\r]/.test(value)) return `"${value}"`;
  throw new UsageError(
    `${variable} (${place}) holds characters that readers of .env files understand in different ways`,
    'choose another format, such as --format shell or json',
  );
}

/** In single quotes a shell takes everything as it is but a single quote. */
const shellText = (value: string): string => `'${value.replaceAll("'", "'\\''")}'`;

/** Base64, as Kubernetes keeps it, so that nothing has to be escaped. */
function secretManifest(values: Values, metadata: SecretName): string {
  const data = values.map(
    ({ variable, value }) => [variable, Buffer.from(value).toString('base64')] as const,
  );
  const secret = {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata,
    type: 'Opaque',
    data: Object.fromEntries(data),
  };
  // Kubernetes reads YAML 1.1, where NO is false.
  return stringify(secret, { version: '1.1', lineWidth: 0 });
}

/**
 * The name of a Secret: a DNS name in small letters; its namespace a label of one.
 *
 * @throws {UsageError} Kubernetes would refuse it
 */
export function secretNamed(name: string, namespace: string | undefined): SecretName {
  if (name.length > 253 || !/^[a-z0-9]([-a-z0-9.]*[a-z0-9])?$/.test(name)) {
    throw new UsageError(
      `${JSON.stringify(name)} is no name of a Secret: Kubernetes takes small letters, digits, - and .`,
      'choose one: --secret-name NAME',
    );
  }
  if (
    namespace !== undefined &&
    (namespace.length > 63 || !/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/.test(namespace))
  ) {
    throw new UsageError(
      `--namespace ${namespace} is no name of a namespace: Kubernetes takes small letters, digits and -`,
    );
  }
  return { name, ...(namespace !== undefined && { namespace }) };
}
