import { isObject, textOf, type Json, type JsonObject } from '../json.js';
import type { WriteApi } from '../management-api/api.js';
import { asList, collection, pathSegment } from './endpoints.js';
import { choice, list, object, text } from './field.js';
import { defineKind, type Finding, type Part } from './kind.js';
import { setChange } from './sets.js';

const endpoints = collection('/api/domains', { unpaged: true });
const filesPath = (id: string): string => `/api/domains/${pathSegment(id)}/verification-files`;

const filesPart: Part = {
  read: async (api, id) => {
    const answer = await api.get(filesPath(id));
    const files: Json = isObject(answer) ? (answer.verificationFiles ?? []) : answer;
    return { value: asList(files), targets: [] };
  },
};

async function writeFiles(api: WriteApi, id: string, verificationFiles: Json): Promise<void> {
  await api.put(filesPath(id), { verificationFiles });
}

export const domain = defineKind({
  name: 'domains',
  singular: 'custom domain',
  summary:
    'A domain of your own for the tenant, on Logto Cloud. Logto tells which DNS records to set, in the Console; a self-hosted Logto offers none and says so.',
  fields: {
    domain: text({
      required: true,
      immutable: true,
      minLength: 1,
      maxLength: 256,
      description: 'The domain. Unique in the tenant.',
      examples: ['auth.example.com'],
    }),
    verificationFiles: list(
      object(
        {
          path: text({
            required: true,
            pattern: '^/(\\.well-known/)?[^/]+$',
            patternMeans: 'must be like /name.txt or /.well-known/name',
            description: 'Where it is served.',
          }),
          content: text({ required: true, content: 'txt', description: 'What is served: 16 KiB at most.' }),
          contentType: choice(['text/plain', 'application/json'], {
            required: true,
            description: 'What it is.',
          }),
        },
        {},
      ),
      {
        late: true,
        insteadOfNull: '[]',
        default: [],
        description: 'Files that others look for at the domain, to see that it is yours: ten at most.',
      },
    ),
  },
  key: ['domain'],
  isOfOneTenant: true,
  title: 'domain',
  lookupBy: ['domain'],
  endpoints: {
    ...endpoints,
    update: async (api, id, { verificationFiles }) => {
      if (verificationFiles !== undefined) await writeFiles(api, id, verificationFiles);
    },
  },
  parts: { verificationFiles: filesPart },
  check: checkFiles,
  replacement: ['the DNS records have to be set anew'],
});

function checkFiles({ verificationFiles }: JsonObject): readonly Finding[] {
  if (!Array.isArray(verificationFiles)) return [];
  const files = (verificationFiles as readonly Json[]).map((file): JsonObject =>
    isObject(file) ? file : {},
  );
  const paths = files.map(({ path }) => textOf(path));
  const findings: Finding[] = [];
  const error = (path: readonly string[], message: string, hint: string): void => {
    findings.push({ code: 'wrong-value', severity: 'error', path, message, hint });
  };
  if (files.length > 10) error(['verificationFiles'], 'Logto takes ten files at most', 'take some out');
  if (setChange([], paths).add.length < paths.length) {
    error(['verificationFiles'], 'two files have the same path, which Logto refuses', 'give each its own');
  }
  files.forEach(({ content }, index) => {
    if (typeof content !== 'string' || Buffer.byteLength(content) <= 16_384) return;
    error(['verificationFiles', String(index), 'content'], 'Logto takes 16 KiB at most', 'make it smaller');
  });
  return findings;
}
