// Prints a manifest of a size that a busy tenant has: 100 applications (50 of them machines with a role each), 100 roles
// with 3 permissions each, 20 API resources with 10 permissions each. JSON is YAML.
// `node large-manifest.mjs --applications 1000 --roles 100 --apis 50` prints another size; `--yaml` the usual style.
import { parseArgs } from 'node:util';
import { stringify } from 'yaml';

const map = (count, entry) => Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));

/** What objects are called, so that they can be found, and taken away, in a real tenant. */
const prefix = 'logto-iac bench';

export const usualSize = { applications: 100, machines: 50, roles: 100, apis: 20 };
export const scopesOfApi = 10;

/** @returns the manifest as an object */
export const largeManifest = ({ applications, machines, roles, apis }) => ({
  stack: 'bench',
  apiResources: map(apis, (api) => [
    `api-${api}`,
    {
      name: `${prefix} API ${api}`,
      indicator: `https://api-${api}.bench.example.com`,
      scopes: map(scopesOfApi, (scope) => [`api-${api}:scope-${scope}`, { description: `Scope ${scope}` }]),
    },
  ]),
  roles: map(roles, (role) => {
    const api = role % apis;
    const scopes = [0, 1, 2].map((step) => `api-${api}:scope-${(role + step) % scopesOfApi}`);
    return [
      `role-${role}`,
      {
        name: `${prefix} role ${role}`,
        description: `Role ${role}`,
        type: 'MachineToMachine',
        scopes: { [`api-${api}`]: scopes },
      },
    ];
  }),
  applications: {
    ...map(machines, (machine) => [
      `machine-${machine}`,
      {
        name: `${prefix} machine ${machine}`,
        type: 'MachineToMachine',
        roles: [`role-${machine % roles}`],
      },
    ]),
    ...map(applications - machines, (app) => [
      `app-${app}`,
      {
        name: `${prefix} app ${app}`,
        type: 'SPA',
        oidcClientMetadata: {
          redirectUris: [`https://app-${app}.example.com/callback`],
          postLogoutRedirectUris: [],
        },
      },
    ]),
  },
});

if (process.argv[1] === import.meta.filename) {
  const text = { type: 'string' };
  const { values } = parseArgs({
    options: { applications: text, machines: text, roles: text, apis: text, yaml: { type: 'boolean' } },
  });
  const { yaml, ...numbers } = values;
  const sizes = Object.fromEntries(Object.entries(numbers).map(([name, value]) => [name, Number(value)]));
  const manifest = largeManifest({ ...usualSize, ...sizes });
  process.stdout.write(yaml ? stringify(manifest) : `${JSON.stringify(manifest, null, 2)}\n`);
}
