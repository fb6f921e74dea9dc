import { findKind, type Schema } from '../../api';
import { bool } from '../flags';
import { explainManual } from '../manual';
import { findResource } from '../resources';
import type { Command, ParsedArgs } from '../seams';
import { ExitError, fail, openSession, usageFailure } from '../session';

type ObjectSchema = Extract<Schema, { type: 'object' }>;

/** `kubectl explain`: fields and their types, from the schemas that the API decodes by. */
export const explain: Command<ParsedArgs> = {
  ...explainManual,
  options(args) {
    if (args.positional.length === 0) {
      return usageFailure(
        'explain',
        'You must specify the type of resource to explain. Use "kubectl api-resources" for a complete list of supported resources.\n',
      );
    }
    return args.positional.length > 1
      ? fail("We accept only this format: explain RESOURCE\nSee 'kubectl explain -h' for help and examples")
      : args;
  },
  async run(args, env) {
    const session = openSession(args, env);
    const [word = '', ...path] = (args.positional[0] ?? '').split('.');
    const resource = findResource(await session.resources(), word);
    if (!resource) throw new ExitError(1, `the server doesn't have a resource type "${word}"`);
    const spec = findKind(resource.group, resource.version, resource.kind);
    if (!spec) throw new ExitError(1, `couldn't find resource for "${resource.kind}"`);
    const group = resource.group === '' ? '' : `GROUP:      ${resource.group}\n`;
    await session.out(`${group}KIND:       ${resource.kind}\nVERSION:    ${resource.version}\n\n`);
    let schema: Schema = spec.schema;
    for (const name of path) {
      const next = fieldOf(schema, name);
      if (!next) throw fail(`field "${name}" does not exist`);
      schema = next;
    }
    const field = path.at(-1);
    if (field !== undefined) await session.out(`FIELD: ${field} <${typeText(schema)}>\n\n`);
    const object = objectOf(schema);
    if (object) await session.out(`\nFIELDS:\n${fieldLines(object, bool(args, 'recursive'), 1)}\n`);
    return 0;
  },
};

const unwrap = (schema: Schema | (() => Schema)): Schema =>
  typeof schema === 'function' ? schema() : schema;

function objectOf(schema: Schema): ObjectSchema | undefined {
  if (schema.type === 'object') return schema;
  return schema.type === 'array' ? objectOf(unwrap(schema.item)) : undefined;
}

function fieldOf(schema: Schema, name: string): Schema | undefined {
  const field = objectOf(schema)?.fields[name];
  return field === undefined ? undefined : unwrap(field);
}

function typeText(schema: Schema): string {
  switch (schema.type) {
    case 'object':
      return schema.goType.split('.').at(-1) ?? 'Object';
    case 'map':
      return `map[string]${typeText(unwrap(schema.value))}`;
    case 'array':
      return `[]${typeText(unwrap(schema.item))}`;
    case 'int32':
    case 'int64':
      return 'integer';
    case 'quantity':
      return 'Quantity';
    case 'int-or-string':
      return 'IntOrString';
    case 'time':
    case 'bytes':
      return 'string';
    case 'any':
      return 'Object';
    default:
      return schema.type;
  }
}

/** Depth at which recursion stops: schemas may hold themselves. */
const DEPTH_MAX = 12;

function fieldLines(schema: ObjectSchema, recursive: boolean, depth: number): string {
  return Object.entries(schema.fields)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, field]) => {
      const inner = unwrap(field);
      const line = `${'  '.repeat(depth)}${name}\t<${typeText(inner)}>\n`;
      const object = recursive && depth < DEPTH_MAX ? objectOf(inner) : undefined;
      return object ? line + fieldLines(object, recursive, depth + 1) : line;
    })
    .join('');
}
