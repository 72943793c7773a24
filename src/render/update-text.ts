import type { Update } from '../export/update-manifests.js';
import { takenLines, leftLines, placeText } from './accept-text.js';
import { plain, type Paint } from './paint.js';
import { count } from './count.js';

/** How manifests were brought up to what a tenant holds, for people. */
export function updateText(
  { checked, left, onlyDeclared, secrets }: Update,
  files: readonly string[],
  isDryRun: boolean,
  paint: Paint = plain,
): string {
  const { made, edited } = checked;
  const taken = takenLines(
    made.map((one) => ({ ...one, at: edited.places.get(one.edit) })),
    paint,
  );
  const declared = onlyDeclared.map(
    ({ address, source }) => `? ${address}${source ? `   ${paint('dim', placeText(source))}` : ''}`,
  );
  const only = declared.length === 0 ? [] : ['', 'In the manifests, and not in the tenant:', ...declared];
  const changed = count(made.length, 'difference');
  const written = isDryRun
    ? `${changed} would be taken over into ${files.join(', ')}; nothing has been written.`
    : `${changed} taken over into ${files.join(', ')}.`;
  const sentence =
    made.length === 0 ? 'Nothing to take over: the manifests say what the tenant holds.' : written;
  const rest = left.length === 0 ? '' : ` ${left.length} left.`;
  const nothing = left.length === 0 ? sentence : made.length === 0 ? 'Nothing was taken over.' : sentence;
  const variables = secrets.map(({ env }) => env).join(', ');
  const needed = secrets.length === 0 ? [] : ['', `Secrets, to be set in the environment: ${variables}`];
  return `${[...taken, ...leftLines('Not taken over:', left), ...only, ...needed, '', nothing + rest].join('\n').trimStart()}\n`;
}
