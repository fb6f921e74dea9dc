/** Where a command of a sed script applies. */
export type Address =
  | { readonly kind: 'line'; readonly number: number }
  | { readonly kind: 'last' }
  /** Without a shape: the regular expression that was used last. */
  | { readonly kind: 'match'; readonly shape: RegExp | undefined }
  | { readonly kind: 'step'; readonly first: number; readonly step: number }
  | { readonly kind: 'more'; readonly count: number }
  | { readonly kind: 'multiple'; readonly of: number };

/** One command of a sed script. */
export interface SedCommand {
  readonly from: Address | undefined;
  readonly to: Address | undefined;
  readonly negated: boolean;
  readonly name: string;
  /** A label, a file's name, a text to add, a status, or the characters that y replaces. */
  readonly text: string;
  /** What s looks for; undefined stands for the regular expression that was used last. */
  readonly shape: RegExp | undefined;
  readonly replacement: string;
  readonly flags: string;
  readonly block: readonly SedCommand[];
}

/** Every command, those inside blocks too. */
export function everyCommand(commands: readonly SedCommand[]): readonly SedCommand[] {
  return commands.flatMap((command) => [command, ...everyCommand(command.block)]);
}
