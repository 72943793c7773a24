import type { Json } from '../json.js';
import type { FileType } from '../kinds/field.js';
import { manifestText } from '../manifest/canonical.js';

/** Texts of several lines that an export keeps in files of their own: path → text. */
export class ContentFiles {
  readonly files = new Map<string, string>();

  /**
   * @param dataFormat what data that are no text are written as
   * @param isUsed whether a path is that of another file
   */
  constructor(
    private readonly dataFormat: 'yaml' | 'json' = 'yaml',
    private readonly isUsed: (path: string) => boolean = () => false,
  ) {}

  /**
   * Keeps a text in a file.
   *
   * @param place where it stands in the manifest: `['jwtCustomizers', 'access-token', 'script']`
   * @returns the path of the file, relative to the manifest
   */
  add(place: readonly string[], type: FileType, text: string): string {
    return this.put(place, type, text);
  }

  /** Keeps data in a file. */
  addData(place: readonly string[], value: Json): string {
    const isYaml = this.dataFormat === 'yaml';
    const text = isYaml ? manifestText(value) : `${JSON.stringify(value, undefined, 2)}\n`;
    return this.put(place, this.dataFormat, text);
  }

  private put([section = '', ...rest]: readonly string[], type: string, text: string): string {
    const folder = inWords(section);
    const name = rest.map((part) => inWords(part)).join('.');
    let path = `${folder}/${name}.${type}`;
    for (let number = 2; this.files.has(path) || this.isUsed(path); number += 1)
      path = `${folder}/${name}-${number}.${type}`;
    this.files.set(path, text);
    return path;
  }
}

/** `signInExperience` → `sign-in-experience`; what no file system takes becomes "-". */
const inWords = (text: string): string =>
  text
    .replace(/(?<=[a-z0-9])(?=[A-Z])/g, '-')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}.-]+/gu, '-')
    .replace(/^[-.]+|[-.]+$/g, '') || 'text';
