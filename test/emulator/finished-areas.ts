/** The folders of test/logto-contract/scenarios that the emulator plays without a difference. */
export const finishedAreas: readonly string[] = [
  'application-roles',
  'application-secrets',
  'role-applications',
  'role-scopes',
  'scopes',
];
