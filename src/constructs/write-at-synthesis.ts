import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IStackSynthesizer, ISynthesisSession, TerraformStack } from 'cdktf';

/**
 * Writes a file beside the Terraform JSON of a stack when it is synthesised: after aspects and validation, so nothing is
 * written of what is wrong. Several may be written; each wraps the synthesizer that it finds.
 *
 * @param file relative to the folder of the stack
 */
export function writeAtSynthesis(stack: TerraformStack, file: string, produce: () => string): void {
  const inner: IStackSynthesizer = stack.synthesizer;
  stack.synthesizer = {
    synthesize(session: ISynthesisSession): void {
      inner.synthesize(session);
      const { workingDirectory } = session.manifest.forStack(stack);
      const path = join(session.outdir, workingDirectory, file);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(`${path}.tmp`, produce());
      renameSync(`${path}.tmp`, path);
    },
  };
}
