const commands = ['auto', 'validate', 'plan', 'apply', 'drift'];

const lines = (text = '') =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

function flag(name, text) {
  if (text !== 'true' && text !== 'false')
    throw new Error(`${name} is "${text}"; it has to be true or false`);
  return text === 'true';
}

/**
 * The inputs of the action, from the variables that action.yml sets.
 *
 * @throws {Error} one of them has a value that makes no sense
 */
export function readSettings(environment) {
  const { INPUT_COMMAND: command, INPUT_NAME: name = '' } = environment;
  if (!commands.includes(command)) {
    throw new Error(`command is "${command}"; it has to be one of ${commands.join(', ')}`);
  }
  // It is written into a comment of HTML, by which the Action finds what it wrote before.
  if (!/^[\p{L}\p{N} ._/-]*$/u.test(name) || name.includes('--')) {
    throw new Error(`name is "${name}"; it may have letters, digits, spaces and . _ / -`);
  }
  return {
    command,
    name,
    files: lines(environment.INPUT_FILES),
    overlays: lines(environment.INPUT_OVERLAYS),
    arguments: lines(environment.INPUT_ARGUMENTS),
    comment: flag('comment', environment.INPUT_COMMENT),
    issue: flag('issue', environment.INPUT_ISSUE),
    reviewed: flag('reviewed', environment.INPUT_REVIEWED),
    failOnDrift: flag('fail-on-drift', environment.INPUT_FAIL_ON_DRIFT),
    token: environment.INPUT_TOKEN ?? '',
    tenant: {
      LOGTO_ENDPOINT: environment.INPUT_ENDPOINT || environment.LOGTO_ENDPOINT,
      LOGTO_APP_ID: environment.INPUT_APP_ID || environment.LOGTO_APP_ID,
      LOGTO_APP_SECRET: environment.INPUT_APP_SECRET || environment.LOGTO_APP_SECRET,
    },
  };
}
