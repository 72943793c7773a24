import { count } from './count.js';
import type { ValidateReport } from './report.js';

/** What people are told of a manifest that is valid; its doubts are said elsewhere. */
export const validateText = ({ resources, stack }: ValidateReport): string =>
  `Valid: ${count(resources, 'resource')} in the stack "${stack}".\n`;
