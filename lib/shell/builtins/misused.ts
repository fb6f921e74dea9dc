import type { BuiltinCall } from '../interpreter/shell';

/** Tells that a builtin was called wrongly, with its usage; the status that it then has. */
export async function misused(call: BuiltinCall, usage: string, message?: string): Promise<number> {
  if (message !== undefined) await call.complain(message);
  await call.context.err(`${call.argv[0]}: usage: ${call.argv[0]} ${usage}\n`);
  return 2;
}

/** The first letter among a call's options that is none of `letters`; options end at `--` or at the first other word. */
export function strangeOption(args: readonly string[], letters: string): string | undefined {
  for (const word of args) {
    if (word === '--' || !/^-./.test(word)) return undefined;
    const strange = [...word.slice(1)].find((letter) => !letters.includes(letter));
    if (strange !== undefined) return `-${strange}: invalid option`;
  }
  return undefined;
}
