import type { Json, JsonObject } from '../../api';
import { invalid, misused, noChoice } from './complaint';
import { OPERATIONS, type Operation, otherOperation, type Parameter } from './operations';

/** What somebody asks of AWS. */
export interface Line {
  readonly service: string;
  readonly operation: Operation;
  readonly parameters: JsonObject;
  readonly options: Options;
}

/** The options that every command has. */
export interface Options {
  readonly output?: string | undefined;
  readonly query?: string | undefined;
  readonly region?: string | undefined;
  readonly profile?: string | undefined;
}

const OUTPUTS = ['json', 'text', 'table', 'yaml', 'yaml-stream', 'off'];
const WITH_VALUE = [
  'output',
  'query',
  'region',
  'profile',
  'endpoint-url',
  'color',
  'ca-bundle',
  'cli-read-timeout',
  'cli-connect-timeout',
  'cli-binary-format',
];
const WITHOUT_VALUE = [
  'debug',
  'no-verify-ssl',
  'no-paginate',
  'no-sign-request',
  'no-cli-pager',
  'cli-auto-prompt',
  'no-cli-auto-prompt',
];

/** Services whose commands there are; the real one has four hundred more. */
const SERVICES = [
  ...Object.keys(OPERATIONS),
  'configure',
  'eks',
  'iam',
  'route53',
  's3',
  's3api',
  'autoscaling',
  'acm',
  'cloudwatch',
  'help',
];

/** Reads a command line: options anywhere, then service, operation and its parameters. */
export function parseLine(args: readonly string[]): Line {
  const { options, rest } = takeOptions(args);
  const [service, typed, ...words] = rest;
  if (service === undefined) throw misused('the following arguments are required: command');
  const operations = OPERATIONS[service];
  if (operations === undefined) throw noChoice('command', service, SERVICES);
  if (typed === undefined) throw misused('the following arguments are required: operation');
  const operation = operations[typed] ?? otherwise(service, typed, Object.keys(operations));
  return { service, operation, parameters: parametersOf(operation, words), options };
}

/** An operation that is not answered takes whatever it is given: the service refuses it. */
function otherwise(service: string, typed: string, known: readonly string[]): Operation {
  const name = otherOperation(service, typed);
  if (name === undefined) throw noChoice('operation', typed, known);
  return { name, parameters: {}, results: [] };
}

function takeOptions(args: readonly string[]): {
  readonly options: Options;
  readonly rest: readonly string[];
} {
  const options: Record<string, string> = {};
  const rest: string[] = [];
  for (let at = 0; at < args.length; at += 1) {
    const word = args[at] ?? '';
    const [flag = '', value] = word.startsWith('--') ? split(word) : [''];
    if (WITHOUT_VALUE.includes(flag)) continue;
    if (!WITH_VALUE.includes(flag)) {
      rest.push(word);
      continue;
    }
    if (value === undefined) at += 1;
    const given = value ?? args[at];
    if (given === undefined) throw misused(`argument --${flag}: expected one argument`);
    options[flag] = given;
  }
  const { output } = options;
  if (output !== undefined && !OUTPUTS.includes(output)) throw noChoice('--output', output, OUTPUTS);
  return { options, rest };
}

function split(word: string): readonly [string, string?] {
  const equals = word.indexOf('=');
  return equals === -1 ? [word.slice(2)] : [word.slice(2, equals), word.slice(equals + 1)];
}

function parametersOf({ parameters, results }: Operation, words: readonly string[]): JsonObject {
  const given: Record<string, Json> = {};
  const unknown: string[] = [];
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? '';
    const [flag, inline] = word.startsWith('--') ? split(word) : [word];
    const parameter = word.startsWith('--') ? parameters[flag] : undefined;
    if (parameter === undefined) {
      unknown.push(word);
      continue;
    }
    const values = inline === undefined ? following(words, at + 1) : [inline];
    if (inline === undefined) at += parameter.takes === 'nothing' ? 0 : used(parameter, values);
    given[parameter.name] = parsedValue(flag, parameter, values);
  }
  const isAnswered = Object.keys(parameters).length > 0 || results === undefined;
  const missing = Object.entries(parameters).filter(
    ([, { required, name: key }]) => required === true && given[key] === undefined,
  );
  if (missing.length > 0)
    throw misused(`the following arguments are required: ${missing.map(([flag]) => `--${flag}`).join(', ')}`);
  if (unknown.length > 0 && isAnswered) throw invalid(`Unknown options: ${unknown.join(', ')}`);
  return given;
}

/** The words up to the next flag. */
function following(words: readonly string[], from: number): readonly string[] {
  const end = words.findIndex((word, index) => index >= from && word.startsWith('--'));
  return words.slice(from, end === -1 ? undefined : end);
}

const used = ({ takes }: Parameter, values: readonly string[]): number =>
  takes === 'texts' || takes === 'filters' ? values.length : Math.min(1, values.length);

function parsedValue(flag: string, { takes }: Parameter, values: readonly string[]): Json {
  const [first] = values;
  if (takes === 'nothing') return true;
  if (first === undefined)
    throw misused(
      `argument --${flag}: expected ${takes === 'texts' || takes === 'filters' ? 'at least one argument' : 'one argument'}`,
    );
  switch (takes) {
    case 'text':
      return first;
    case 'number':
      if (!/^\d+$/.test(first)) throw misused(`argument --${flag}: invalid int value: '${first}'`);
      return Number(first);
    case 'texts':
      return first.startsWith('[')
        ? jsonList(flag, values.join(' '))
        : values.flatMap((each) => each.split(/\s+/));
    case 'filters':
      return first.startsWith('[')
        ? jsonList(flag, values.join(' '))
        : values.map((each) => shorthand(flag, each));
  }
}

function jsonList(flag: string, text: string): Json {
  try {
    const value: Json = JSON.parse(text);
    return value;
  } catch (error) {
    if (error instanceof SyntaxError)
      throw invalid(
        `Error parsing parameter '--${flag}': Invalid JSON: ${error.message}\nJSON received: ${text}`,
      );
    throw error;
  }
}

/** "Name=vpc-id,Values=a,b" as the command line's shorthand has it. */
function shorthand(flag: string, text: string): Json {
  const match = /^Name=([^,]*),Values=(.*)$/.exec(text);
  if (match === null) {
    const at = /[^\w:.-]|$/.exec(text)?.index ?? 0;
    throw invalid(
      `Error parsing parameter '--${flag}': Expected: '=', received: '${text[at] ?? 'EOF'}' for input:\n${text}\n${' '.repeat(at)}^`,
    );
  }
  const values = (match[2] ?? '').replace(/^\[|\]$/g, '').split(',');
  return { Name: match[1] ?? '', Values: values.map((each) => each.replace(/^["']|["']$/g, '')) };
}
