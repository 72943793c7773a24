import type { Problem, SourceRange } from '../errors.js';
import type { JsonObject } from '../json.js';
import type { Move, State } from '../state/resource.js';

/** What `loadManifest` gives: the desired state and what belongs to it. */
export interface Manifest {
  /** Names the ledger. */
  readonly stack: string;
  /** Managed and external resources by address. */
  readonly desired: State;
  readonly moved: readonly Move[];
  /** Files, overlays and variables put together: what `render` prints, before it masks sensitive values. */
  readonly document: JsonObject;
  /** Values of sensitive variables, to be masked wherever they appear, also as a part of a text. */
  readonly secrets: readonly string[];
  /** Paths inside resources whose value came from a sensitive variable: address → field paths. */
  readonly secretPaths: ReadonlyMap<string, readonly (readonly string[])[]>;
  /** The same, and those of values in fields that are secret, whoever wrote them. */
  readonly sensitivePaths: ReadonlyMap<string, readonly (readonly string[])[]>;
  readonly warnings: readonly Problem[];
  /** Where a resource, or a field inside it, is written; the nearest enclosing place if the path itself is not. */
  readonly locate: (address: string, path?: readonly string[]) => SourceRange | undefined;
}

export interface ManifestOptions {
  /** Files and folders; a folder means its *.yaml and *.yml. `-` is standard input. */
  readonly files: readonly string[];
  /** Look into subfolders too. */
  readonly recursive?: boolean;
  readonly overlays?: readonly string[];
  /** `--var name=value`. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Where `env:` and LOGTO_IAC_VAR_name are looked up. Default: process.env. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** A manifest that declares nothing is a mistake unless this is true. */
  readonly allowEmpty?: boolean;
  /** Overrides `stack:` of the manifest. */
  readonly stack?: string;
  /** A sensitive variable without a value is no mistake: what it gives is not compared. */
  readonly standIns?: boolean;
}
