// Plays all recordings against a running emulator, whose connection is the argument as JSON, and prints the results. A program of its own: the player is an ES module, which jest cannot load.
import { loadScenarios, playScenario } from '../logto-contract/play.mjs';

const [connection] = process.argv.slice(2);
const { url, appId, appSecret } = JSON.parse(connection);
const results = [];
for (const scenario of loadScenarios()) {
  const { status } = await fetch(`${url}/__reset`, { method: 'POST' });
  if (status !== 204) throw new Error(`The emulator answered ${status} when told to reset.`);
  results.push(await playScenario({ baseUrl: url, scenario, credentials: { appId, appSecret } }));
}
console.log(JSON.stringify(results));
