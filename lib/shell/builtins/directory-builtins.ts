import { assign } from '../interpreter/assign';
import { ShellError } from '../interpreter/control';
import type { Builtin, BuiltinCall } from '../interpreter/shell';

/** The folders beneath the present one, topmost first; bash shows them in DIRSTACK. */
function beneath({ shell }: BuiltinCall): string[] {
  return [...(shell.variables.get('DIRSTACK')?.items.values() ?? [])];
}

function keep(call: BuiltinCall, folders: readonly string[]): void {
  const value = folders.map((folder) => [undefined, folder] as const);
  assign(call.shell, { name: 'DIRSTACK', append: false, index: undefined, value });
}

async function show(call: BuiltinCall): Promise<void> {
  const home = call.shell.variables.get('HOME')?.value ?? '';
  const short = (folder: string) =>
    home !== '' && (folder === home || folder.startsWith(`${home}/`))
      ? `~${folder.slice(home.length)}`
      : folder;
  await call.context.out(`${[call.shell.cwd, ...beneath(call)].map(short).join(' ')}\n`);
}

const go = (call: BuiltinCall, folder: string) => call.runArgv(['cd', '--', folder], 'builtin');

/** `pushd`: goes to a folder, or to the one beneath, and keeps the present one. */
const pushd: Builtin = async (call) => {
  const [target] = call.args;
  const [next, ...rest] = beneath(call);
  const present = call.shell.cwd;
  if (target === undefined && next === undefined) throw new ShellError('no other directory');
  const status = await go(call, target ?? next ?? '');
  if (status !== 0) return status;
  keep(call, target === undefined ? [present, ...rest] : [present, ...beneath(call)]);
  await show(call);
  return 0;
};

/** `popd`: goes back to the folder beneath. */
const popd: Builtin = async (call) => {
  const [next, ...rest] = beneath(call);
  if (next === undefined) throw new ShellError('directory stack empty');
  const status = await go(call, next);
  if (status !== 0) return status;
  keep(call, rest);
  await show(call);
  return 0;
};

/** Builtins about the stack of folders. */
export const directoryBuiltins: Readonly<Record<string, Builtin>> = {
  pushd,
  popd,
  dirs: async (call) => {
    if (call.args[0] === '-c') keep(call, []);
    else await show(call);
    return 0;
  },
};
