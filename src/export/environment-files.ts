import type { SecretVariable } from './secret-variables.js';

/** What has to be set to work with an exported manifest, without values. */
export function environmentExample(secrets: readonly SecretVariable[]): string {
  const lines = [
    '# A machine-to-machine application of the tenant, with the role "Logto Management API access".',
    'LOGTO_ENDPOINT=',
    'LOGTO_APP_ID=',
    'LOGTO_APP_SECRET=',
  ];
  const ofTool = secrets.filter(isOfTool);
  const own = [
    ...section(
      'Secrets of the tenant.',
      secrets.filter((secret) => !isOfTool(secret)),
    ),
    ...section('The same for logto-iac, where you run it yourself.', ofTool),
  ];
  return `${[...lines, ...own].join('\n')}\n`;
}

/** What only logto-iac reads, beside what Terraform does. */
const isOfTool = ({ env }: SecretVariable): boolean => env.startsWith('LOGTO_IAC_VAR_');

const section = (title: string, secrets: readonly SecretVariable[]): readonly string[] =>
  secrets.length === 0 ? [] : ['', `# ${title}`, ...secrets.map(({ env }) => `${env}=`)];

/** An example that is there already, with what it does not name yet. */
export function withMissingNames(existing: string, secrets: readonly SecretVariable[]): string {
  const named = new Set(
    [...existing.matchAll(/^\s*(?:export\s+)?([A-Za-z_][A-Za-z0-9_]*)=/gm)].map(([, name]) => name),
  );
  const missing = secrets.filter(({ env }) => !named.has(env));
  if (missing.length === 0) return existing;
  const separator = existing === '' || existing.endsWith('\n') ? '' : '\n';
  return `${existing}${separator}${missing.map(({ env }) => `${env}=`).join('\n')}\n`;
}

/** The values of the secrets, for a shell: `set -a; . FILE`. */
export function environmentWithValues(secrets: readonly SecretVariable[]): string {
  const lines = secrets.map(({ env, value }) => `${env}='${value.replaceAll("'", "'\\''")}'`);
  return `${['# Secrets of a Logto tenant: keep this file out of every repository.', ...lines].join('\n')}\n`;
}
