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

function shortened(call: BuiltinCall): readonly string[] {
  const home = call.shell.variables.get('HOME')?.value ?? '';
  const short = (folder: string) =>
    home !== '' && (folder === home || folder.startsWith(`${home}/`))
      ? `~${folder.slice(home.length)}`
      : folder;
  return [call.shell.cwd, ...beneath(call)].map(short);
}

async function show(call: BuiltinCall): Promise<void> {
  await call.context.out(`${shortened(call).join(' ')}\n`);
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
    const [flag] = call.args;
    if (flag === '-c') keep(call, []);
    else if (flag === '-v' || flag === '-p') {
      const lines = shortened(call).map((folder, at) =>
        flag === '-v' ? `${String(at).padStart(2)}  ${folder}\n` : `${folder}\n`,
      );
      await call.context.out(lines.join(''));
    } else await show(call);
    return 0;
  },
};
