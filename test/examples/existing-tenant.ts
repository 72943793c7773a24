import type { TestEmulator } from '../support/emulator';

/** Makes a tenant that people have worked in, and tells the id that the example wants as a variable. */
export async function prepareExistingTenant(emulator: TestEmulator): Promise<{ readonly reportsId: string }> {
  const create = async (path: string, body: object): Promise<string> => {
    const { status, body: made } = await emulator.request('POST', path, body);
    if (status !== 200 && status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(made)}`);
    return (made as { id: string }).id;
  };
  const role = (name: string): Promise<string> =>
    create('/api/roles', { name, description: `${name} of old`, type: 'MachineToMachine' });
  const machine = (name: string, more: object = {}): Promise<string> =>
    create('/api/applications', { name, type: 'MachineToMachine', ...more });
  const give = (applicationId: string, roleIds: readonly string[]) =>
    emulator.request('POST', `/api/applications/${applicationId}/roles`, { roleIds });

  const billing = await create('/api/resources', {
    name: 'Billing API',
    indicator: 'https://billing.example.com',
  });
  await create(`/api/resources/${billing}/scopes`, { name: 'invoices:read', description: 'Read invoices' });
  await role('Invoice reader');
  const [auditor, importer] = [await role('Auditor'), await role('Importer')];
  const customData = { lastRun: 'yesterday', costCentre: 17 };
  const reportsId = await machine('Reports', { description: 'Set in the Console', customData });
  await give(reportsId, [auditor, importer]);
  await give(await machine('Legacy sync'), [importer]);
  return { reportsId };
}
