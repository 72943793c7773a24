import type { Command } from 'commander';
import { choiceOf, shells } from './options.js';
import type { Runner } from './runner.js';

/** `completion`, and what its scripts ask. */
export function declareCompletion(program: Command, run: Runner): void {
  program
    .command('completion')
    .description('print what makes a shell complete command lines of logto-iac')
    .addArgument(choiceOf('[shell]', shells.join(', '), shells))
    .addHelpText(
      'after',
      '\nExamples:\n  logto-iac completion bash > ~/.local/share/bash-completion/completions/logto-iac\n  logto-iac completion zsh > ~/.zfunc/_logto-iac\n  logto-iac completion fish > ~/.config/fish/completions/logto-iac.fish\n  logto-iac completion powershell >> $PROFILE',
    )
    .action(run(async () => (await import('./commands/completion.js')).completion));
  program
    .command('complete', { hidden: true })
    .argument('[words...]', 'those up to the cursor; the last one with a dot before it')
    .addHelpText('after', '\nExample:\n  logto-iac complete -- plan --format .j')
    .action(async (words: readonly string[]) => {
      (await import('./commands/completion.js')).printCompletions(program, words);
    });
}
