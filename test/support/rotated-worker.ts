import { planText } from '../../src/render/plan-text';
import type { Plan } from '../../src/index';
import type { TestEmulator } from './emulator';
import type { TestSession } from './session';

export const rotate = 'rotate: { every: 90d, overlap: 7d }';

/** One application with the given secrets. */
export const workerWith = (secrets: string, more = ''): string =>
  `applications: { worker: { name: Worker, type: MachineToMachine, secrets: { ${secrets} }, ${more} } }`;

export const rotated = workerWith(`main: { ${rotate} }`);

export interface Secret {
  readonly name: string;
  readonly value: string;
  readonly createdAt: number;
  readonly expiresAt: number | null;
}

/** What a tenant holds of the application of `workerWith`. */
export interface RotatedWorker {
  readonly workerId: () => Promise<string>;
  readonly secrets: () => Promise<readonly Secret[]>;
  /** Without the one that Logto makes. */
  readonly names: () => Promise<readonly string[]>;
  readonly expectNothingToDo: (yaml?: string) => Promise<void>;
}

export function rotatedWorker(emulator: TestEmulator, { plan, apply }: TestSession): RotatedWorker {
  const workerId = async (): Promise<string> => {
    const { body } = await emulator.request('GET', '/api/applications');
    const applications = body as readonly { readonly id: string; readonly name: string }[];
    return applications.find(({ name }) => name === 'Worker')?.id ?? '';
  };
  const secrets = async (): Promise<readonly Secret[]> => {
    const { body } = await emulator.request('GET', `/api/applications/${await workerId()}/secrets`);
    return body as readonly Secret[];
  };
  return {
    workerId,
    secrets,
    names: async () =>
      (await secrets())
        .map(({ name }) => name)
        .filter((name) => name !== 'Default secret')
        .sort(),
    expectNothingToDo: async (yaml = rotated) => {
      expect(actionsOf(await plan(yaml))).toEqual([]);
      await emulator.resetRequests();
      await apply(yaml);
      expect((await emulator.requests()).writes).toBe(0);
    },
  };
}

export const actionsOf = ({ actions }: Plan): readonly string[] =>
  actions.map(({ type, address }) => `${type} ${address.replace('applications.worker.secrets.', '')}`);

/** Without moments, which are others in every run. */
export const textOf = (made: Plan): string =>
  planText(made)
    .replace(/digest \w+/, 'digest DIGEST')
    .replaceAll(/\d{4}-\d\d-\d\dT[\d:.]+Z/g, 'TIME');
