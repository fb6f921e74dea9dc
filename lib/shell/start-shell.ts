import type { Json } from '../api';
import { BUILTINS } from './builtins';
import { createEngine } from './interpreter/engine';
import { newOptions, type Shell, type ShellOptions } from './interpreter/shell';
import { isJsonObject, scalar, variablesFromJson, variablesToJson } from './interpreter/variables';
import type { Kernel } from './process';
import type { Machine, SessionState } from './seams';

/** The one interpreter; it holds no state. */
export const ENGINE = createEngine(BUILTINS);

/** How a new shell process differs from others. */
export interface ShellStart {
  readonly kernel: Kernel;
  readonly flavour: Machine['shell'];
  readonly interactive: boolean;
  readonly name: string;
  readonly login?: boolean;
  readonly positional?: readonly string[];
  readonly cwd: string;
  readonly environment: Readonly<Record<string, string>>;
}

/** A shell as it is just after its start. */
export function newShell(start: ShellStart): Shell {
  const { kernel, flavour } = start;
  const variables = new Map(
    Object.entries(start.environment).map(([name, value]) => [name, scalar(value, true)]),
  );
  const put = (name: string, value: string, exported = false) => {
    if (!variables.has(name)) variables.set(name, scalar(value, exported));
  };
  put('HOME', kernel.machine.home, true);
  put('PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', true);
  variables.set('PWD', scalar(start.cwd, true));
  put('IFS', ' \t\n');
  put('OPTIND', '1');
  if (flavour === 'bash') {
    put('SHLVL', '1', true);
    put('HOSTNAME', kernel.machine.hostname);
    put('BASH', '/bin/bash');
    put('OSTYPE', 'linux-gnu');
    put('PS4', '+ ');
  }
  return {
    kernel,
    flavour,
    interactive: start.interactive,
    login: start.login === true,
    name: start.name,
    pid: kernel.nextPid(),
    depth: 0,
    traced: 0,
    variables,
    functions: new Map(),
    aliases: new Map(),
    options: newOptions(start.interactive),
    cwd: start.cwd,
    umask: kernel.machine.files.umask ?? 0o022,
    disabled: new Set(),
    positional: start.positional ?? [],
    status: 0,
    pipeStatus: [0],
    lastBackground: undefined,
    lastArgument: '',
    frames: [],
    traps: new Map(),
    jobs: [],
    currentJobs: [],
    completions: new Map(),
    foreground: undefined,
    lastBuiltin: '',
    history: [],
    loops: 0,
    sourcing: 0,
    tested: 0,
    place: { source: '', pos: 0 },
    linesBefore: 0,
    substituted: 0,
    startedAt: kernel.world.timer.now(),
  };
}

/** What a shell remembers between commands, as plain data. */
export function saveShell(shell: Shell): SessionState {
  return {
    cwd: shell.cwd,
    variables: variablesToJson(shell.variables),
    functions: Object.fromEntries(shell.functions),
    aliases: Object.fromEntries(shell.aliases),
    options: {
      set: Object.entries(shell.options)
        .filter(([, on]) => on === true)
        .map(([name]) => name),
      unset: DEFAULT_ON.filter((name) => shell.interactive && !shell.options[name]),
      traps: Object.fromEntries(shell.traps),
      positional: shell.positional,
      completions: Object.fromEntries(shell.completions),
      name: shell.name,
      ...(shell.umask === 0o022 ? {} : { umask: shell.umask }),
    },
    lastStatus: shell.status,
    history: [...shell.history],
  };
}

/** Switches that are on in a new interactive shell. */
const DEFAULT_ON = ['monitor', 'histexpand'] as const;

const texts = (json: Json | undefined): Map<string, string> => {
  const out = new Map<string, string>();
  if (json === undefined || !isJsonObject(json)) return out;
  for (const [name, value] of Object.entries(json)) if (typeof value === 'string') out.set(name, value);
  return out;
};

/** Gives a new shell the memory of an earlier one. */
export function restoreShell(shell: Shell, state: SessionState): void {
  shell.cwd = state.cwd;
  shell.variables = variablesFromJson(state.variables);
  shell.functions = texts(state.functions);
  shell.aliases = texts(state.aliases);
  shell.status = state.lastStatus;
  shell.history = [...state.history];
  if (!isJsonObject(state.options)) return;
  const { set, unset, traps, positional, completions, umask } = state.options;
  if (typeof umask === 'number') shell.umask = umask;
  shell.completions = texts(completions);
  if (Array.isArray(unset))
    for (const name of unset) if (isOption(shell.options, name)) shell.options[name] = false;
  if (Array.isArray(set))
    for (const name of set) if (isOption(shell.options, name)) shell.options[name] = true;
  shell.traps = texts(traps);
  if (Array.isArray(positional)) shell.positional = positional.filter((word) => typeof word === 'string');
}

function isOption(options: ShellOptions, name: Json): name is keyof ShellOptions {
  return typeof name === 'string' && Object.hasOwn(options, name);
}

/** The state of a shell that nobody has typed into yet. */
export function newSessionState(machine: Machine): SessionState {
  const files = machine.files.stat(machine.home);
  const cwd = files?.kind === 'directory' ? machine.home : '/';
  const variables = new Map(
    Object.entries(machine.environment).map(([name, value]) => [name, scalar(value, true)]),
  );
  variables.set('HOME', scalar(machine.home, true));
  variables.set('PWD', scalar(cwd, true));
  variables.set(
    'PATH',
    variables.get('PATH') ?? scalar('/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin', true),
  );
  variables.set('IFS', scalar(' \t\n'));
  variables.set('OPTIND', scalar('1'));
  if (machine.kind === 'admin') {
    variables.set('USER', variables.get('USER') ?? scalar(machine.user, true));
    variables.set('SHELL', variables.get('SHELL') ?? scalar('/bin/bash', true));
    variables.set('TERM', variables.get('TERM') ?? scalar('xterm-256color', true));
    variables.set('HOSTNAME', scalar(machine.hostname));
    variables.set('HISTCONTROL', scalar('ignoreboth'));
    variables.set('LANG', variables.get('LANG') ?? scalar('C.UTF-8', true));
  }
  return {
    cwd,
    variables: variablesToJson(variables),
    functions: {},
    aliases: {},
    options: { set: ['extglob'], traps: {}, positional: [] },
    lastStatus: 0,
    history: [],
  };
}
