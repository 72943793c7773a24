// Prints a manifest of a size that a busy tenant has: 100 applications (50 of them machines with a role each), 100 roles
// with 3 permissions each, 20 API resources with 10 permissions each. JSON is YAML.
const map = (count, entry) => Object.fromEntries(Array.from({ length: count }, (_, index) => entry(index)));

/** What objects are called, so that they can be found, and taken away, in a real tenant. */
const prefix = 'logto-iac bench';

const manifest = {
  stack: 'bench',
  apiResources: map(20, (api) => [
    `api-${api}`,
    {
      name: `${prefix} API ${api}`,
      indicator: `https://api-${api}.bench.example.com`,
      scopes: map(10, (scope) => [`api-${api}:scope-${scope}`, { description: `Scope ${scope}` }]),
    },
  ]),
  roles: map(100, (role) => {
    const api = role % 20;
    const scopes = [0, 1, 2].map((step) => `api-${api}:scope-${(role + step) % 10}`);
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
    ...map(50, (machine) => [
      `machine-${machine}`,
      {
        name: `${prefix} machine ${machine}`,
        type: 'MachineToMachine',
        roles: [`role-${machine}`],
      },
    ]),
    ...map(50, (app) => [
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
};

process.stdout.write(`${JSON.stringify(manifest, null, 2)}\n`);
