// Does what a page says: runs its shell blocks in their order in an empty folder, as a reader would in one terminal, and
// compares what they print with the text that follows them. `node walk.mjs PAGE` prints what went otherwise.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text as readAll } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { blocksOf, root } from './blocks.mjs';

/** The port of the emulator in our pages. Another one is taken, because several walks, and people, may use it. */
const portOfPages = '3301';

/**
 * Walks through a page.
 *
 * @param folder empty, and where the walk begins
 * @param environment what is set at first
 * @returns one text for each block that ended otherwise than the page says
 */
export async function walk(page, folder, environment) {
  const port = String(await freePort());
  const state = mkdtempSync(join(tmpdir(), 'logto-iac-walk-'));
  const place = { file: join(state, 'environment'), folder: join(state, 'folder') };
  writeFileSync(place.file, '');
  writeFileSync(place.folder, folder);
  const background = [];
  const faults = [];
  let said = '';
  try {
    for (const block of blocksOf(page)) {
      const text = block.text.replaceAll(portOfPages, port);
      const fault = (what) => faults.push(`${page}:${block.line}: ${what}`);
      if (block.language === 'yaml') writeNamedFile(readFileSync(place.folder, 'utf8').trim(), text);
      else if (block.language === 'text' && block.check === undefined) {
        if (!isLike(said, block.text)) fault(`it prints\n${said}and not\n${block.text}`);
      } else if (block.check === 'in the background') {
        const { child, output } = await startInBackground(text, environment, place);
        background.push(child);
        said = output.replaceAll(port, portOfPages);
      } else if (isRun(block)) {
        const { exitCode, output } = await run(text, environment, place);
        const expected = Number(/^exit code (\d+)$/.exec(block.check ?? '')?.[1] ?? 0);
        if (exitCode !== expected) fault(`it ends with ${exitCode}, not with ${expected}:\n${output}`);
        if (block.language === 'sh') said = output.replaceAll(port, portOfPages);
      }
    }
  } finally {
    for (const child of background) await stop(child);
    rmSync(state, { recursive: true });
  }
  return faults;
}

export const isRun = ({ language, check = '' }) =>
  (language === 'sh' || language === 'walk') && !check.startsWith('not run: ');

/** A block that begins with the name of a file is that file. */
function writeNamedFile(folder, text) {
  const [, name] = /^# ([\w./-]+\.ya?ml)$/m.exec(text.split('\n', 1)[0]) ?? [];
  if (name === undefined) return;
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
}

// Each block is a shell of its own, which hands folder and variables on to the next. It ends where a command fails.
const script = (text, { file, folder }) => `
set -a; . '${file}'; set +a
cd "$(cat '${folder}')"
trap 'code=$?; pwd > ${folder}; export -p > ${file}; exit $code' EXIT
set -e
${text}`;

function spawnShell(text, environment, place) {
  // Both streams are one, as in a terminal.
  return spawn('bash', ['-c', `exec 2>&1\n${script(text, place)}`], {
    env: environment,
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  });
}

async function run(text, environment, place) {
  const child = spawnShell(text, environment, place);
  const [output, [exitCode]] = await Promise.all([readAll(child.stdout), once(child, 'close')]);
  return { exitCode, output };
}

/** Goes on once it has printed something. */
async function startInBackground(text, environment, place) {
  const child = spawnShell(text, environment, place);
  const [output] = await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  child.stdout.resume();
  if (child.exitCode !== null) throw new Error(`it ended at once: ${text}`);
  return { child, output: String(output) };
}

/** With all that it has started. */
async function stop(child) {
  if (child.exitCode !== null || child.signalCode !== null) return;
  process.kill(-child.pid, 'SIGTERM');
  await once(child, 'exit');
}

/** Whether a text is as expected, where `…` stands for anything in its line, and a line of it for any lines. */
export function isLike(text, expected) {
  const escaped = expected.trim().replaceAll(/[$()*+.?[\\\]^{|}]/g, '\\$&');
  const pattern = escaped.replaceAll(/^…$/gm, '[^]*?').replaceAll('…', '.*');
  return new RegExp(`^${pattern}$`).test(text.trim());
}

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

const besides = (name) => join(root, 'test', 'docs', name);

/** What only our tests have on the path: it changes the tenant behind the back of a page. */
export const helpers = besides('helpers');

async function main(page) {
  const top = mkdtempSync(join(tmpdir(), 'logto-iac-page-'));
  const folder = join(top, 'empty');
  // The page of an example is read in its folder.
  if (page.startsWith('examples/')) cpSync(join(root, dirname(page)), folder, { recursive: true });
  else mkdirSync(folder);
  // In a clone nothing is installed from a registry: the stand-ins are for what is.
  const path = [besides('stand-ins'), helpers, process.env.PATH].join(':');
  const environment = { ...process.env, PATH: path, LOGTO_IAC_ROOT: root };
  const faults = await walk(page, folder, environment).finally(() => rmSync(top, { recursive: true }));
  for (const fault of faults) console.log(fault);
  process.exitCode = faults.length > 0 ? 1 : 0;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await main(process.argv[2]);
