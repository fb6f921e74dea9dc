import { Document, isScalar } from 'yaml';
import {
  compileFilter,
  FileError,
  isJqTrue,
  JqCompileError,
  JqError,
  JqHalt,
  JqLimitError,
  type JqValue,
  type JqWorld,
  jqJson,
  parseFlags,
  printJqJson,
} from '../../base';
import { type Tool, type ToolContext, ToolError } from '../process';
import { plainOf, readDocuments, updateDocument, valueOfNode, YamlTextError } from './yaml-documents';

const FLAGS =
  'i|inplace r|unwrapScalar o:|output-format p:|input-format P|prettyPrint N|no-doc n|null-input I:|indent e|exit-status C|colors M|no-colors j|tojson V|version h|help';
const USAGE = `yq is a portable command-line data file processor (https://github.com/mikefarah/yq/)

Usage:
  yq [flags]
  yq [command]

Examples:
  yq '.stuff' < myfile.yml
  yq -i '.stuff = "foo"' myfile.yml
`;

/** What one run prints like. */
interface Style {
  readonly json: boolean;
  readonly indent: number;
  readonly separators: boolean;
  /** Block style throughout, whatever the document has. */
  readonly pretty: boolean;
}

/** yq (mikefarah's, version 4) as far as its language is jq's: YAML in, YAML out, comments kept. */
export const yq: Tool = async (context) => {
  const words = ['eval', 'e', 'eval-all', 'ea'].includes(context.args[0] ?? '')
    ? context.args.slice(1)
    : context.args;
  const flags = parseFlags(words, FLAGS);
  if (flags.has('V')) {
    await context.out('yq (https://github.com/mikefarah/yq/) version v4.44.3\n');
    return 0;
  }
  if (flags.has('h')) {
    await context.out(USAGE);
    return 0;
  }
  const format = flags.value('o') ?? (flags.has('j') ? 'json' : 'yaml');
  if (!['yaml', 'y', 'json', 'j', 'auto', 'a'].includes(format))
    throw new ToolError(`Error: unknown format '${format}' please use [yaml|json]`);
  const style: Style = {
    json: format.startsWith('j'),
    indent: Number(flags.value('I') ?? 2),
    separators: !flags.has('N'),
    pretty: flags.has('P'),
  };
  const operands = [...flags.rest];
  const exists = (name: string) => context.machine.files.stat(context.path(name))?.kind === 'file';
  const expression = operands.length > 0 && !exists(operands[0] ?? '') ? (operands.shift() ?? '.') : '.';
  try {
    return await run(context, expression, operands, style, flags.has('i'), flags.has('n'), flags.has('e'));
  } catch (error) {
    const message = complaintOf(error);
    if (message === undefined) throw error;
    await context.err(`Error: ${message}\n`);
    return 1;
  }
};

function complaintOf(error: unknown): string | undefined {
  if (error instanceof JqError) return typeof error.value === 'string' ? error.value : jqJson(error.value);
  if (error instanceof JqCompileError) return error.message.trim();
  if (error instanceof JqLimitError || error instanceof YamlTextError) return error.message;
  if (error instanceof JqHalt) return 'halted';
  return undefined;
}

/** `env(NAME)` reads a variable as YAML, `strenv(NAME)` as text: names of our own stand for them in the filter. */
function withEnvironment(
  { environment }: ToolContext,
  expression: string,
): { readonly filter: string; readonly variables: ReadonlyMap<string, JqValue> } {
  const variables = new Map<string, JqValue>();
  const filter = expression.replace(
    /\b(str)?env\(\s*([A-Za-z_]\w*)\s*\)/g,
    (_, text: string | undefined, name: string) => {
      const value = environment[name];
      if (value === undefined) throw new JqError(`Value for env variable '${name}' not provided in env()`);
      const key = `$__${text ?? ''}env_${name}`;
      const [document] = readDocuments(value);
      variables.set(
        key,
        text === undefined && document !== undefined ? valueOfNode(document.contents, document) : value,
      );
      return key;
    },
  );
  return { filter, variables };
}

async function run(
  context: ToolContext,
  expression: string,
  files: readonly string[],
  style: Style,
  inPlace: boolean,
  nullInput: boolean,
  exitStatus: boolean,
): Promise<number> {
  const { filter: text, variables } = withEnvironment(context, expression);
  const filter = compileFilter(text, variables);
  const world: JqWorld = {
    now: context.now,
    environment: context.environment,
    nextInput: () => undefined,
    inputFilename: () => undefined,
    inputLine: () => 0,
    tell: () => {},
  };
  let met = false;
  let printed = 0;
  for (const name of files.length === 0 ? ['-'] : files) {
    const documents = nullInput ? [new Document(null)] : readDocuments(await textOf(context, name));
    let out = '';
    for (const document of documents) {
      const before = valueOfNode(document.contents, document);
      for (const { value, keys } of filter.trace(before, world)) {
        await context.step();
        met ||= isJqTrue(value);
        const first = inPlace ? out === '' : printed === 0;
        out +=
          (first || style.json || !style.separators ? '' : '---\n') +
          show(document, before, value, keys, style);
        printed += 1;
        if (!inPlace) {
          await context.out(out);
          out = '';
        }
      }
    }
    if (inPlace && name !== '-') context.machine.files.write(context.path(name), out);
  }
  if (exitStatus && !met) throw new JqError('no matches found');
  return 0;
}

async function textOf(context: ToolContext, name: string): Promise<string> {
  try {
    return await context.readFile(name);
  } catch (error) {
    if (!(error instanceof FileError)) throw error;
    throw new JqError(`open ${name}: ${error.message.toLowerCase()}`);
  }
}

/** One result as text: a part of the document as it stands there, the document changed, or something new. */
function show(
  document: Document,
  before: JqValue,
  value: JqValue,
  keys: readonly JqValue[] | undefined,
  { json, indent, pretty }: Style,
): string {
  if (json)
    return `${printJqJson(value, { indent: indent === 0 ? undefined : ' '.repeat(indent), sortKeys: false, color: false, ascii: false })}\n`;
  const options = { indent: indent < 1 ? 1 : indent, lineWidth: 0, flowCollectionPadding: false };
  if (value === null || typeof value !== 'object') {
    if (typeof value === 'string') return `${value}\n`;
    return `${jqJson(value)}\n`;
  }
  if (pretty) return new Document(plainOf(value)).toString(options);
  if (keys === undefined) {
    const copy = document.clone();
    updateDocument(copy, before, value);
    return copy.toString({ ...options, directives: false });
  }
  if (keys.length === 0) return document.toString({ ...options, directives: false });
  const node = document.getIn(keys.map(plainOf), true);
  if (isScalar(node) || node === undefined) return new Document(plainOf(value)).toString(options);
  const part = new Document(null);
  part.contents = node as Document['contents'];
  return part.toString(options);
}
