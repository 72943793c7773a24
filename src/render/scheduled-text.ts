import type { Plan } from '../plan/plan.js';

const symbols = { create: '+', delete: '-' } as const;

/** What rotations will bring later, one line each; nothing where there is nothing. */
export function scheduledText({ scheduled = [] }: Plan): string {
  if (scheduled.length === 0) return '';
  const lines = scheduled.map(({ type, address, at }) => `    ${at}  ${symbols[type]} ${address}`);
  return `\nRotation, with the first apply after:\n${lines.join('\n')}\n`;
}
