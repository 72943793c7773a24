import { readFile } from 'node:fs/promises';
import { UsageError } from '../errors.js';
import { isObject } from '../json.js';
import type { Plan } from '../plan/plan.js';
import { planDocument } from '../render/plan-document.js';
import type { LimitFlags } from './limits-from-flags.js';
import { defaultManifest } from './load-manifest-from-flags.js';
import type { ManifestFlags, TenantFlags } from './options.js';
import { writeWholeFile } from './write-file.js';

/** What has to be repeated so that the same plan can be made again. Values of --var are not kept: they may be secret. */
export interface PlanInputs {
  readonly file: readonly string[];
  readonly recursive?: boolean;
  readonly overlay?: readonly string[];
  readonly stack?: string;
  readonly allowEmpty?: boolean;
  readonly adopt?: boolean;
  readonly allowReplace?: boolean;
  readonly maxDeletes?: string;
  readonly ledger?: string;
  readonly ledgerApplication?: string;
  readonly force?: readonly string[];
}

export interface SavedPlan {
  readonly digest: string;
  readonly inputs: PlanInputs;
}

/** Keeps a plan: its document, and how it was made. */
export async function savePlan(path: string, plan: Plan, inputs: PlanInputs): Promise<void> {
  await writeWholeFile(path, `${JSON.stringify({ ...planDocument(plan), inputs }, null, 2)}\n`);
}

/** @throws {UsageError} the file is no plan of this version */
export async function readSavedPlan(path: string): Promise<SavedPlan> {
  let saved: unknown;
  try {
    saved = JSON.parse(await readFile(path, 'utf8'));
  } catch (cause) {
    throw new UsageError(
      `cannot read the plan ${path}: ${cause instanceof Error ? cause.message : String(cause)}`,
      'make one with `logto-iac plan --out FILE`',
    );
  }
  if (
    !isObject(saved) ||
    saved.formatVersion !== 1 ||
    typeof saved.digest !== 'string' ||
    !isObject(saved.inputs)
  ) {
    throw new UsageError(
      `${path} is no plan of this version of logto-iac`,
      'make one with `logto-iac plan --out FILE`',
    );
  }
  return { digest: saved.digest, inputs: saved.inputs as unknown as PlanInputs };
}

/** The flags that shape a plan. */
export function inputsOf(flags: ManifestFlags & LimitFlags & TenantFlags): PlanInputs {
  const {
    file = [defaultManifest],
    recursive,
    overlay,
    stack,
    allowEmpty,
    adopt,
    allowReplace,
    maxDeletes,
    force,
    ledger,
    ledgerApplication,
  } = flags;
  const manifest = { recursive, overlay, stack, allowEmpty };
  const stated = { ...manifest, adopt, allowReplace, maxDeletes, force, ledger, ledgerApplication };
  return { file, ...Object.fromEntries(Object.entries(stated).filter(([, value]) => value !== undefined)) };
}
