import type { TestEmulator } from '../support/emulator';
import { beginToLook, look } from './look';
import { sectionNames, sections, type TenantObject } from './sections';

const nouns = [...sectionNames.map((name) => sections[name].noun), 'permission', 'certificate'];
const tokenPattern = new RegExp(`\\{((?:${nouns.join('|')}) [^}]+)\\}`, 'g');

/** Ids in the words of a scenario, such as `{role Auditor}`, and back. */
export class Tokens {
  readonly #ids = new Map<string, string>();

  /** Gives a token to every object of the tenant that has none; an object keeps its token when it is renamed. */
  async learn(emulator: TestEmulator): Promise<void> {
    await beginToLook(emulator);
    const list = async (path: string) => (await look(emulator, path)) as readonly TenantObject[];
    const lists = await Promise.all(
      sectionNames.map(async (name) => [sections[name], await list(sections[name].list)] as const),
    );
    for (const [{ noun, nameOf, path }, objects] of lists) {
      const own = path === '/api/applications' ? objects.filter(({ type }) => type !== 'SAML') : objects;
      // Logto lists applications from the newest; others have no order.
      const sorted = [...own].sort((a, b) => Number(a['createdAt']) - Number(b['createdAt']));
      for (const object of sorted) this.#add(object.id, `${noun} ${nameOf(object)}`);
      if (path === '/api/resources') this.#addScopes(sorted);
      if (path === '/api/saml-applications') await this.#addCertificates(sorted, list);
    }
  }

  #addScopes(resources: readonly TenantObject[]): void {
    for (const { name, scopes } of resources) {
      for (const scope of scopes as readonly TenantObject[]) {
        this.#add(scope.id, `permission ${String(scope['name'])} of ${String(name)}`);
      }
    }
  }

  async #addCertificates(
    applications: readonly TenantObject[],
    list: (path: string) => Promise<readonly TenantObject[]>,
  ): Promise<void> {
    for (const { id, name } of applications) {
      const certificates = await list(`/api/saml-applications/${id}/secrets`);
      const sorted = [...certificates].sort((a, b) => Number(a['createdAt']) - Number(b['createdAt']));
      for (const certificate of sorted) this.#add(certificate.id, `certificate of ${String(name)}`);
    }
  }

  #add(id: string, words: string): void {
    // What is built in has a word of its own for an id.
    if (!/^([a-z0-9]{12}|[a-z0-9]{21})$/.test(id) || [...this.#ids.values()].includes(id)) return;
    const taken = [...this.#ids.keys()].filter((known) => known === words || known.startsWith(`${words}#`));
    this.#ids.set(taken.length === 0 ? words : `${words}#${taken.length + 1}`, id);
  }

  /** `{role Auditor}` → the id. */
  toIds(text: string): string {
    return text.replace(tokenPattern, (token, words: string) => {
      const id = this.#ids.get(words);
      if (id === undefined) throw new Error(`${token} is nothing that the tenant has`);
      return id;
    });
  }

  /** Ids → `{role Auditor}`. */
  toWords(text: string): string {
    let result = text;
    for (const [words, id] of this.#ids) result = result.replaceAll(id, `{${words}}`);
    return result;
  }

  /** The same for every text in a value. */
  inWords<T>(value: T): T {
    return value === undefined ? value : (JSON.parse(this.toWords(JSON.stringify(value))) as T);
  }
}
