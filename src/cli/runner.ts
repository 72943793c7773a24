/** A command's work; loaded only when the command runs, so that `--version` and `--help` load nothing. */
export type Run<Flags> = (flags: Flags, argument: string | undefined) => Promise<number>;

/** Makes an action for commander of a command. */
export type Runner = <Flags>(load: () => Promise<Run<Flags>>) => (...given: unknown[]) => Promise<void>;
