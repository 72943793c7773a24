import fc from 'fast-check';
import { parameters, manifests } from './random-manifests';
import { applyWhole } from './runs';
import { describeTenant } from './snapshot';
import { useTenant } from './tenant';
import { whatIsLost } from './what-is-lost';

const tenant = useTenant();
const stack = 'walk';

const walks = fc.array(
  manifests(stack, {
    resources: ['orders', 'billing'],
    userRoles: ['reader'],
    machineRoles: ['worker', 'clerk'],
    clients: ['shop', 'portal'],
    machines: ['sync', 'robot'],
  }),
  { minLength: 2, maxLength: 5 },
);

test('manifests applied one after another reach the tenant that the last one alone makes', async () => {
  await fc.assert(
    fc.asyncProperty(walks, async (walk) => {
      await tenant.reset();
      const last = walk.at(-1) ?? { stack };
      await applyWhole(tenant, last);
      const alone = await describeTenant(tenant, [stack]);

      await tenant.reset();
      for (const manifest of walk) {
        await applyWhole(tenant, manifest);
        expect(await whatIsLost(tenant, stack, manifest, await describeTenant(tenant, [stack]))).toEqual([]);
      }
      expect(await whatIsLost(tenant, stack, last, alone)).toEqual([]);
    }),
    parameters(8),
  );
}, 600_000);

test('the apply that makes another API resource the default one may delete the one that was, or replace it', async () => {
  const api = (name: string, isDefault: boolean, path = '') => ({
    name,
    indicator: `https://${name}.example.com${path}`,
    isDefault,
  });
  await applyWhole(tenant, {
    stack,
    apiResources: { old: api('old', true), kept: api('kept', false) },
  });
  await applyWhole(tenant, { stack, apiResources: { kept: api('kept', true) } });
  await applyWhole(tenant, {
    stack,
    apiResources: { kept: api('kept', false, '/v2'), new: api('new', true) },
  });
  const { resources } = await describeTenant(tenant, [stack]);
  expect(resources).toMatchObject([
    { indicator: 'https://default.logto.app/api', isDefault: false },
    { indicator: 'https://kept.example.com/v2', isDefault: false },
    { indicator: 'https://new.example.com', isDefault: true },
  ]);
});
