import { createHash } from 'node:crypto';

/** Names variables after the places in a manifest that they are for: the same places give the same names. */
export class VariableNames {
  readonly #taken = new Set<string>();

  /**
   * `['connectors', 'mail', 'config', 'auth', 'pass']` → `connectors_mail_config_auth_pass`. Paths that differ in
   * punctuation only get different names, also where names of the environment know no case.
   */
  nameFor(path: readonly string[]): string {
    const plain = path.join('_').replace(/[^A-Za-z0-9]+/g, '_');
    const hash = createHash('sha256').update(JSON.stringify(path)).digest('hex');
    const names = [plain, `${plain}_${hash.slice(0, 8)}`, `${plain}_${hash}`];
    const name = names.find((candidate) => !this.#taken.has(candidate.toLowerCase())) ?? hash;
    this.#taken.add(name.toLowerCase());
    return name;
  }
}
