import { assign } from '../interpreter/assign';
import { ShellError } from '../interpreter/control';
import type { Builtin, BuiltinCall } from '../interpreter/shell';
import { resolvePath } from '../process';
import { misused } from './misused';

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

/** Goes to a folder; what is wrong with it is told in the builtin's own name. */
async function go(call: BuiltinCall, folder: string): Promise<number> {
  const found = call.shell.kernel.machine.files.stat(resolvePath(call.shell.cwd, folder));
  if (folder !== '-' && found?.kind !== 'directory')
    throw new ShellError(
      `${folder}: ${found === undefined ? 'No such file or directory' : 'Not a directory'}`,
    );
  return call.runArgv(['cd', '--', folder], 'builtin');
}

/** The whole stack, the present folder on top. */
const stackOf = (call: BuiltinCall): readonly string[] => [call.shell.cwd, ...beneath(call)];

/** The place in the stack that `+N` or `-N` means, or undefined for a word that is neither. */
function placeIn(call: BuiltinCall, word: string | undefined): number | undefined {
  const match = /^([-+])(\d+)$/.exec(word ?? '');
  if (match === null) return undefined;
  const { length } = stackOf(call);
  const at = match[1] === '+' ? Number(match[2]) : length - 1 - Number(match[2]);
  if (length === 1) throw new ShellError('directory stack empty');
  if (at < 0 || at >= length) throw new ShellError(`${word}: directory stack index out of range`);
  return at;
}

/** `pushd`: goes to a folder, or to the one beneath, and keeps the present one. */
const pushd: Builtin = async (call) => {
  const [target] = call.args;
  const at = placeIn(call, target);
  if (at !== undefined) {
    const turned = [...stackOf(call).slice(at), ...stackOf(call).slice(0, at)];
    const moved = await go(call, turned[0] ?? '');
    if (moved !== 0) return moved;
    keep(call, turned.slice(1));
    await show(call);
    return 0;
  }
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
  const stays = call.args[0] === '-n';
  const at = placeIn(call, call.args[stays ? 1 : 0]) ?? (stays ? 1 : 0);
  if (at > 0) {
    keep(call, beneath(call).toSpliced(at - 1, 1));
    await show(call);
    return 0;
  }
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
    const strange = flag !== undefined && !/^[-+]\d+$|^-[clpv]+$/.test(flag);
    if (strange) return misused(call, '[-clpv] [+N] [-N]', `${flag}: invalid number`);
    const at = placeIn(call, flag);
    if (at !== undefined) await call.context.out(`${shortened(call)[at] ?? ''}\n`);
    else if (flag === '-c') keep(call, []);
    else if (flag === '-v' || flag === '-p') {
      const lines = shortened(call).map((folder, at) =>
        flag === '-v' ? `${String(at).padStart(2)}  ${folder}\n` : `${folder}\n`,
      );
      await call.context.out(lines.join(''));
    } else await show(call);
    return 0;
  },
};
