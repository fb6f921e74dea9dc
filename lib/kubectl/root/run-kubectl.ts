import { StatusError } from '../../api';
import { parseFlags, text } from '../flags';
import { GLOBAL_FLAGS } from '../manual';
import {
  type Command,
  type CommandEnv,
  type Flag,
  type ParsedArgs,
  type RunKubectl,
  UsageError,
} from '../seams';
import { describeFailure, logLine, PrintFailure, RECORDING, refusalLine } from '../session';
import { findCommand } from './find-command';
import { helpPage, optionsPage } from './help';
import { ROOT_COMMANDS, rootPage, rootUsage } from './root-commands';
import { suggestions } from './suggest';

const HELP_FLAG: Flag = {
  name: 'help',
  short: 'h',
  type: 'bool',
  default: 'false',
  description: 'help for kubectl',
};

/** Deprecated for years, and still taken. */
const RECORD_FLAG: Flag = {
  name: 'record',
  type: 'bool',
  default: 'false',
  hidden: true,
  description: 'Record current kubectl command in the resource annotation.',
};

/** What kubectl can be told to measure of itself; it does not. */
const PROFILES = ['none', 'cpu', 'heap', 'goroutine', 'threadcreate', 'block', 'mutex'];

/** Runs kubectl; see the seam. */
export const runKubectl: RunKubectl = async (argv, env) => {
  try {
    return await dispatch(argv, env);
  } catch (error) {
    if (error instanceof PrintFailure) await env.streams.stdout.write(error.output);
    const { text: message, code } = describeFailure(error);
    if (message !== '') await env.streams.stderr.write(message.endsWith('\n') ? message : `${message}\n`);
    return code;
  }
};

async function dispatch(argv: readonly string[], env: CommandEnv): Promise<number> {
  const { out } = { out: (chunk: string) => env.streams.stdout.write(chunk) };
  const [first] = argv;
  if (first === 'help') return showHelp(argv.slice(1), env);
  if (first === 'options') {
    await out(optionsPage(env.environment.HOME ?? '/root'));
    return 0;
  }
  const { command, path, words } = findCommand(ROOT_COMMANDS, argv);
  const recorded = RECORDING.has(path) ? [RECORD_FLAG] : [];
  const args = parseFlags(words, [...GLOBAL_FLAGS, HELP_FLAG, ...recorded, ...(command?.flags ?? [])]);
  if (args instanceof UsageError) {
    const whole = path === '' ? 'kubectl' : `kubectl ${path}`;
    throw new UsageError(`${args.message}\nSee '${whole} --help' for usage.`);
  }
  if (!command) {
    const word = args.positional[0];
    if (word === undefined || args.given.has('help')) {
      await out(rootPage());
      return 0;
    }
    throw unknownCommand(word);
  }
  if (args.given.has('help')) {
    await out(helpPage(command, path));
    return 0;
  }
  if (args.given.has('record'))
    await env.streams.stderr.write(
      'Flag --record has been deprecated, --record will be removed in the future\n',
    );
  await warnOfOldDryRun(args, env);
  const isOwn = command.flags.some((flag) => flag.name === 'profile');
  const profile = text(args, 'profile', 'none');
  if (!isOwn && !PROFILES.includes(profile)) throw new UsageError(`unknown profile '${profile}'`);
  const options = command.options({ ...args, path });
  if (options instanceof UsageError) throw options;
  try {
    return await command.run(options, env);
  } catch (error) {
    if (error instanceof StatusError) await env.streams.stderr.write(refusalLine(error.status, args, env));
    throw error;
  }
}

async function showHelp(words: readonly string[], env: CommandEnv): Promise<number> {
  const { command, path, words: rest } = findCommand(ROOT_COMMANDS, words);
  if (rest.length > 0) {
    const topics = rest.map((word) => `\`${word}\``).join(' ');
    await env.streams.stderr.write(`Unknown help topic [${topics}]\n\n\n${rootUsage()}`);
    return 0;
  }
  await env.streams.stdout.write(command ? helpPage(command as Command<unknown>, path) : rootPage());
  return 0;
}

function unknownCommand(word: string): UsageError {
  const close = suggestions(
    word,
    ROOT_COMMANDS.map((each) => each.name),
  );
  const hint =
    close.length === 0 ? '' : `\n\nDid you mean this?\n${close.map((name) => `\t${name}\n`).join('')}`;
  return new UsageError(`unknown command "${word}" for "kubectl"${hint}`);
}

/** klog's warning about `--dry-run` without a value. */
async function warnOfOldDryRun(args: ParsedArgs, env: CommandEnv): Promise<void> {
  const value = text(args, 'dry-run', 'none');
  const [line, words] =
    value === 'unchanged'
      ? [719, '--dry-run is deprecated and can be replaced with --dry-run=client.']
      : /^(1|t|T|true|TRUE|True)$/.test(value)
        ? [733, `--dry-run=${value} is deprecated (boolean value) and can be replaced with --dry-run=client.`]
        : /^(0|f|F|false|FALSE|False)$/.test(value)
          ? [736, `--dry-run=${value} is deprecated (boolean value) and can be replaced with --dry-run=none.`]
          : [0, ''];
  if (words === '') return;
  await env.streams.stderr.write(logLine({ env }, 'W', `helpers.go:${line}] ${words}`));
}
