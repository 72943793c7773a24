import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { shells } from './options.js';

export type Shell = (typeof shells)[number];

const endings: Readonly<Record<Shell, string>> = {
  bash: 'bash',
  zsh: 'zsh',
  fish: 'fish',
  powershell: 'ps1',
};

/**
 * What a shell reads so that it can complete command lines of logto-iac. Each script asks `logto-iac complete` for the
 * words, and takes the line `:files` for leave to name files.
 */
export const completionScript = (shell: Shell): string =>
  readFileSync(join(__dirname, 'completion', `logto-iac.${endings[shell]}`), 'utf8');
