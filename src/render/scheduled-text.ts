import type { Plan } from '../plan/plan.js';
import type { Scheduled } from '../state/rotations.js';

const symbols = { create: '+', delete: '-' } as const;

/** What rotations will bring later, one line each; nothing where there is nothing. */
export function scheduledText({ scheduled = [] }: Plan): string {
  if (scheduled.length === 0) return '';
  const lines = scheduled.map((item) => `    ${scheduledLine(item)}`);
  return `\n${scheduledTitle}:\n${lines.join('\n')}\n`;
}

export const scheduledTitle = 'Rotation, with the first apply after';

/** When, and what. */
export const scheduledLine = ({ type, address, at }: Scheduled): string =>
  `${at}  ${symbols[type]} ${address}`;
