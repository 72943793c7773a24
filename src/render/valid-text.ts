import { count } from './count.js';
import type { ValidateReport } from './report.js';

/** What is said of a valid manifest. On its own, because nothing else has to be loaded to say it. */
export const validText = ({ resources, stack }: ValidateReport): string =>
  `Valid: ${count(resources, 'resource')} in the stack "${stack}".\n`;
