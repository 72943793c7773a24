import { ownPackage } from '../own-package.js';

/** What it takes to compile and to run an exported program, beside the program: file name → text. */
export function projectFiles(stack: string): ReadonlyMap<string, string> {
  const name = `logto-${stack.toLowerCase()}`;
  const asText = (value: object): string => `${JSON.stringify(value, undefined, 2)}\n`;
  return new Map([
    ['package.json', asText(packageOf(name))],
    ['tsconfig.json', asText(compilerSettings)],
    ['cdktf.json', asText(settingsOf(name))],
    ['.gitignore', ignored],
  ]);
}

/** In the versions that this package is built for and tested with. */
function packageOf(name: string): object {
  const { peerDependencies: peers, devDependencies: tools, version } = ownPackage();
  return {
    name,
    version: '0.0.0',
    private: true,
    scripts: { build: 'tsc', synth: 'tsc && node dist/main.js' },
    dependencies: { cdktf: peers['cdktf'], constructs: peers['constructs'], 'logto-iac': `^${version}` },
    devDependencies: { '@types/node': tools['@types/node'], typescript: tools['typescript'] },
  };
}

const compilerSettings = {
  compilerOptions: {
    target: 'es2022',
    lib: ['es2022'],
    module: 'node16',
    moduleResolution: 'node16',
    outDir: 'dist',
    types: ['node'],
    strict: true,
    noUnusedLocals: true,
    noUnusedParameters: true,
    skipLibCheck: true,
  },
  include: ['*.ts'],
};

/** The command line of CDKTF runs this; without it, `npm run synth` does the same. */
const settingsOf = (name: string): object => ({
  language: 'typescript',
  app: 'npm run --silent synth',
  projectId: name,
  sendCrashReports: 'false',
});

const ignored = `node_modules/
dist/
cdktf.out/
.env
.terraform/
terraform.*.tfstate*
`;
