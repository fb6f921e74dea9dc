import { goJson, isRecord, printYaml } from '../../base';
import { bool, text } from '../flags';
import { ExecFailure, ParseFailure, parseTemplate, renderTemplate } from '../go-template';
import {
  findPath,
  goSyntax,
  goValueText,
  PathError,
  PathSyntaxError,
  parsePath,
  renderPath,
} from '../jsonpath';
import { absolutePath, fail, PrintFailure, type Session } from '../session';
import { customColumns, readColumnsFile } from './custom-columns';
import { printKyaml } from './kyaml';

/** Prints objects one after the other; each call returns what to write. */
export type ObjectPrinter = (object: unknown) => string;

/** How a command prints what it did. */
export interface PrinterRules {
  /** "created": said after the name where no format is asked for. */
  readonly operation?: string;
  /** The command holds objects of Go types: zero times are left out, and JSON of its own making is in their order. */
  readonly typed?: boolean;
  /** JSON in the order in which the object has its keys, as a Go type has its fields. */
  readonly ordered?: boolean;
  /** `get` knows tables and columns besides. */
  readonly columns?: boolean;
}

const FORMATS = [
  'go-template',
  'go-template-file',
  'json',
  'jsonpath',
  'jsonpath-as-json',
  'jsonpath-file',
  'kyaml',
  'name',
  'template',
  'templatefile',
  'yaml',
];

/** The printer that `-o`, `--template` and the dry run ask for; fails for a format nobody knows. */
export function objectPrinter(session: Session, rules: PrinterRules = {}): ObjectPrinter {
  const { args } = session;
  const template = text(args, 'template');
  const output = text(args, 'output');
  const format = withPlainName(output === '' && template !== '' ? 'go-template' : output);
  const dry =
    session.dryRun === 'client' ? ' (dry run)' : session.dryRun === 'server' ? ' (server dry run)' : '';
  if (format === '') return (object) => nameLines(object, `${rules.operation ?? ''}${dry}`);
  if (format === 'name') return (object) => nameLines(object, '');
  const managed = bool(args, 'show-managed-fields');
  const bare = (object: unknown) => (managed ? object : withoutManagedFields(object));
  const clean = (object: unknown) => (rules.typed ? withoutZeroTimes(bare(object)) : bare(object));
  const sorted = !(rules.ordered || (rules.typed && session.dryRun === 'client'));
  if (format === 'json') return (object) => `${goJson(clean(object), '    ', sorted)}\n`;
  if (format === 'yaml') return documents((object) => printYaml(clean(object)));
  if (format === 'kyaml') return (object) => `---\n${printKyaml(clean(object), '', sorted)}\n`;
  const templated = templatePrinter(session, format, template);
  if (templated) return templated;
  if (rules.columns) {
    const spec = splitFormat(format, 'custom-columns');
    if (spec !== undefined) return customColumns(spec, bool(args, 'no-headers'));
    const file = splitFormat(format, 'custom-columns-file');
    // A file's headers are shown whatever is asked for.
    if (file !== undefined) return customColumns(readColumnsFile(session, file), false);
  }
  const allowed = rules.columns
    ? [...FORMATS, 'custom-columns', 'custom-columns-file', 'wide'].sort()
    : FORMATS;
  throw fail(
    `unable to match a printer suitable for the output format "${output}", allowed formats are: ${allowed.join(',')}`,
  );
}

/** The formats without a template go by any case (JSONYamlPrintFlags lowers it). */
const withPlainName = (format: string): string =>
  ['json', 'yaml', 'kyaml', 'name'].includes(format.toLowerCase()) ? format.toLowerCase() : format;

/** "jsonpath={.a}" split for "jsonpath": "{.a}"; '' when it stands alone; undefined for other formats. */
function splitFormat(format: string, name: string): string | undefined {
  if (format === name) return '';
  return format.startsWith(`${name}=`) ? format.slice(name.length + 1) : undefined;
}

function templatePrinter(session: Session, format: string, template: string): ObjectPrinter | undefined {
  const pick = (...names: readonly string[]) => {
    for (const name of names) {
      const value = splitFormat(format, name);
      if (value !== undefined) return value === '' ? template : value;
    }
    return undefined;
  };
  const needed = (value: string) => {
    if (value === '') throw fail('template format specified but no template given');
    return value;
  };
  const strict = !bool(session.args, 'allow-missing-template-keys', true);
  const asJson = pick('jsonpath-as-json');
  if (asJson !== undefined) return jsonPathPrinter(needed(asJson), strict, true);
  const path = pick('jsonpath');
  if (path !== undefined) return jsonPathPrinter(needed(path), strict, false);
  const pathFile = pick('jsonpath-file');
  if (pathFile !== undefined) return jsonPathPrinter(readNamed(session, needed(pathFile)), strict, false);
  const go = pick('go-template', 'template');
  if (go !== undefined) return goTemplatePrinter(needed(go), strict);
  const goFile = pick('go-template-file', 'templatefile');
  return goFile === undefined ? undefined : goTemplatePrinter(readNamed(session, needed(goFile)), strict);
}

function readNamed(session: Session, path: string): string {
  const absolute = absolutePath(path, session.env.cwd);
  if (session.env.files.stat(absolute)?.kind !== 'file') {
    throw fail(`error reading --template ${path}, open ${path}: no such file or directory\n`);
  }
  return session.env.files.read(absolute);
}

function jsonPathPrinter(template: string, strict: boolean, asJson: boolean): ObjectPrinter {
  let nodes: ReturnType<typeof parsePath>;
  try {
    nodes = parsePath(template);
  } catch (error) {
    if (error instanceof PathSyntaxError)
      throw fail(`error parsing jsonpath ${template}, ${error.message}\n`);
    throw error;
  }
  return (object) => {
    try {
      if (asJson) return `${goJson(findPath(nodes, object, { allowMissingKeys: !strict }).flat(), '    ')}\n`;
      return renderPath(nodes, object, { allowMissingKeys: !strict });
    } catch (error) {
      if (!(error instanceof PathError)) throw error;
      throw fail(
        `error executing jsonpath ${JSON.stringify(template)}: Error executing template: ${error.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\tobject given to jsonpath engine was:\n\t\t${goSyntax(object)}\n\n\n`,
      );
    }
  };
}

function goTemplatePrinter(template: string, strict: boolean): ObjectPrinter {
  let parsed: ReturnType<typeof parseTemplate>;
  try {
    parsed = parseTemplate(template);
  } catch (error) {
    if (!(error instanceof ParseFailure)) throw error;
    throw fail(`error parsing template ${template}, ${error.message}\n`);
  }
  return (object) => {
    try {
      return renderTemplate(parsed, object, { strict });
    } catch (error) {
      if (!(error instanceof ExecFailure)) throw error;
      // What went wrong is told in the output, after what was printed before.
      const told = `Error executing template: ${error.message}. Printing more information for debugging the template:\n\ttemplate was:\n\t\t${template}\n\traw data was:\n\t\t${goJson(object)}\n\tobject given to template engine was:\n\t\t${goValueText(object)}\n\n`;
      throw new PrintFailure(
        `${error.output}${told}`,
        `error executing template ${JSON.stringify(template)}: ${error.message}`,
      );
    }
  };
}

/** YAML documents are parted by "---". */
function documents(print: ObjectPrinter): ObjectPrinter {
  let count = 0;
  return (object) => {
    count += 1;
    return count > 1 ? `---\n${print(object)}` : print(object);
  };
}

function nameLines(object: unknown, operation: string): string {
  if (!isRecord(object)) return '';
  if (Array.isArray(object.items)) return object.items.map((item) => nameLines(item, operation)).join('');
  const [group] = String(object.apiVersion ?? '').includes('/') ? String(object.apiVersion).split('/') : [''];
  const kind = String(object.kind ?? '').toLowerCase();
  const metadata = isRecord(object.metadata) ? object.metadata : {};
  const name = typeof metadata.name === 'string' && metadata.name !== '' ? metadata.name : '<unknown>';
  const type = group ? `${kind}.${group}` : kind;
  return `${type}/${name}${operation === '' ? '' : ` ${operation.trim()}`}\n`;
}

/** As Go types are written: a time that is not set is not there. */
function withoutZeroTimes(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutZeroTimes);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !(key === 'creationTimestamp' && inner === null))
      .map(([key, inner]) => [key, withoutZeroTimes(inner)]),
  );
}

/** The object without metadata.managedFields, in lists too. */
export function withoutManagedFields(object: unknown): unknown {
  if (!isRecord(object)) return object;
  if (Array.isArray(object.items)) return { ...object, items: object.items.map(withoutManagedFields) };
  if (!isRecord(object.metadata) || !('managedFields' in object.metadata)) return object;
  const { managedFields: _dropped, ...metadata } = object.metadata;
  return { ...object, metadata };
}
