/**
 * Writes `facts.*.ts`: for every Go type that a body can hold, its fields with their protobuf numbers and types, and how
 * Go's JSON shows them when they are empty. Read from the struct tags of the published k8s.io/api and k8s.io/apimachinery.
 * Run: node lib/http/protobuf/generate.mjs <k8s.io/api folder> <k8s.io/apimachinery folder>
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const [api, machinery] = process.argv.slice(2);
if (api === undefined || machinery === undefined) {
  console.error('usage: generate.mjs <k8s.io/api folder> <k8s.io/apimachinery folder>');
  process.exit(1);
}
const here = dirname(fileURLToPath(import.meta.url));

/** Where each Go package is, and the types that bodies of its group start from. */
const PACKAGES = {
  meta: [join(machinery, 'pkg/apis/meta/v1/types.go'), ['DeleteOptions']],
  core: [
    join(api, 'core/v1/types.go'),
    [
      'Binding ConfigMap Endpoints Event LimitRange Namespace Node PersistentVolume PersistentVolumeClaim Pod',
      'PodTemplate ReplicationController ResourceQuota Secret Service ServiceAccount',
    ],
  ],
  apps: [join(api, 'apps/v1/types.go'), ['ControllerRevision DaemonSet Deployment ReplicaSet StatefulSet']],
  authentication: [join(api, 'authentication/v1/types.go'), ['SelfSubjectReview TokenRequest TokenReview']],
  authorization: [
    join(api, 'authorization/v1/types.go'),
    ['LocalSubjectAccessReview SelfSubjectAccessReview SelfSubjectRulesReview SubjectAccessReview'],
  ],
  autoscaling: [join(api, 'autoscaling/v1/types.go'), ['HorizontalPodAutoscaler Scale']],
  autoscalingV2: [join(api, 'autoscaling/v2/types.go'), ['HorizontalPodAutoscaler']],
  batch: [join(api, 'batch/v1/types.go'), ['CronJob Job']],
  coordination: [join(api, 'coordination/v1/types.go'), ['Lease']],
  discovery: [join(api, 'discovery/v1/types.go'), ['EndpointSlice']],
  events: [join(api, 'events/v1/types.go'), ['Event']],
  networking: [
    join(api, 'networking/v1/types.go'),
    ['Ingress IngressClass IPAddress NetworkPolicy ServiceCIDR'],
  ],
  policy: [join(api, 'policy/v1/types.go'), ['Eviction PodDisruptionBudget']],
  rbac: [join(api, 'rbac/v1/types.go'), ['ClusterRole ClusterRoleBinding Role RoleBinding']],
  scheduling: [join(api, 'scheduling/v1/types.go'), ['PriorityClass']],
  storage: [join(api, 'storage/v1/types.go'), ['CSINode StorageClass']],
};

/** Types that are read from the wire in a way of their own, and Go's own; the letters are explained in notation.ts. */
const LEAVES = {
  bool: 'b',
  int32: 'i',
  int64: 'l',
  string: 's',
  '[]byte': 'y',
  'intstr.IntOrString': 'p',
  'resource.Quantity': 'q',
  'meta.Time': 't',
  'meta.MicroTime': 'm',
  'meta.FieldsV1': 'f',
  'runtime.RawExtension': 'a',
  'types.UID': 's',
  'types.NodeName': 's',
  'types.NamespacedName': 's',
};

const packages = Object.fromEntries(
  Object.entries(PACKAGES).map(([name, [path]]) => [name, parse(readFileSync(path, 'utf8'))]),
);

/** Structs by name with their fields, named types that are something else, and imports by the name they have here. */
function parse(source) {
  const structs = new Map();
  const aliases = new Map();
  for (const [, name, body] of source.matchAll(/^type (\w+) struct \{\n([\s\S]*?)^\}/gm)) {
    const fields = [...body.matchAll(/^\t(?:(\w+)\s+)?(\S+)\s+`([^`]*)`/gm)].map(([, own, type, tags]) => ({
      own,
      type,
      json: /json:"([^"]*)"/.exec(tags)?.[1] ?? '',
      protobuf: /protobuf:"([^"]*)"/.exec(tags)?.[1],
    }));
    structs.set(name, fields);
  }
  for (const [, name, type] of source.matchAll(/^type (\w+) =? ?([\w.[\]]+)$/gm)) aliases.set(name, type);
  const imports = new Map();
  for (const [, name, path] of source.matchAll(/^\t(?:(\w+) )?"([^"]+)"$/gm)) {
    imports.set(
      name ?? path.split('/').at(-1),
      path.split('/').at(-1) === 'v1' ? path.split('/').at(-2) : path.split('/').at(-1),
    );
  }
  return { structs, aliases, imports };
}

function resolve(pkg, type) {
  if (LEAVES[type] !== undefined) return LEAVES[type];
  if (type.startsWith('*')) return resolve(pkg, type.slice(1));
  if (type.startsWith('[]')) return `[${resolve(pkg, type.slice(2))}]`;
  const map = /^map\[[\w.]+\](.+)$/.exec(type);
  if (map) return `{${resolve(pkg, map[1])}}`;
  const [, prefix, name] = /^(?:(\w+)\.)?(\w+)$/.exec(type) ?? [];
  const home = prefix === undefined ? pkg : importOf(pkg, prefix);
  if (LEAVES[`${home}.${name}`] !== undefined) return LEAVES[`${home}.${name}`];
  const { structs, aliases } = packages[home];
  if (name === 'ExtraValue') return 'ExtraValue';
  if (structs.has(name)) return reach(home, name);
  const alias = aliases.get(name);
  if (alias === undefined) throw new Error(`${pkg}: what is ${type}?`);
  return resolve(home, alias);
}

/** The package of ours that an import's name stands for in a file. */
function importOf(pkg, prefix) {
  const home = packages[pkg].imports.get(prefix);
  if (home === undefined) throw new Error(`${pkg}: which package is ${prefix}?`);
  return home;
}

/** What is called what in the tables: the first of a name has it, later ones carry their group's. */
const known = new Map();
const tables = { core: new Map(), rest: new Map() };

function reach(pkg, name) {
  const key = `${pkg}.${name}`;
  const seen = known.get(key);
  if (seen !== undefined) return seen;
  const taken = [...known.values()].includes(name);
  const called = taken ? key : name;
  known.set(key, called);
  const table = pkg === 'core' || pkg === 'meta' ? tables.core : tables.rest;
  table.set(called, '');
  table.set(
    called,
    packages[pkg].structs
      .get(name)
      .flatMap((field) => fact(pkg, field))
      .join(' '),
  );
  return called;
}

function fact(pkg, { own, type, json, protobuf }) {
  const [name, ...options] = json.split(',');
  if (protobuf === undefined || name === '-') return [];
  const number = protobuf.split(',')[1];
  if (own === undefined && name === '') {
    const inline = type.split('.').at(-1);
    return [`^${inline[0].toLowerCase()}${inline.slice(1)}=${number}:${resolve(pkg, type)}`];
  }
  const resolved = resolve(pkg, type);
  const isScalar = /^[a-z]$/.test(resolved);
  // `omitempty` never leaves out a struct, and these letters are structs.
  const omits = options.includes('omitzero') || (options.includes('omitempty') && !/[pqtmfa]/.test(resolved));
  const mark = type.startsWith('*') ? '?' : omits || !isScalar ? '' : '!';
  return [`${name}=${number}:${resolved}${isScalar ? mark : ''}`];
}

for (const [name, [, roots]] of Object.entries(PACKAGES)) {
  for (const root of roots.flatMap((each) => each.split(' '))) reach(name, root);
}

/** Bodies by the API version they are sent under; `meta` types are sent under any. */
const bodies = Object.entries(PACKAGES).map(([pkg, [path, roots]]) => {
  const group = groupOf(pkg, path);
  const kinds = roots.flatMap((each) => each.split(' ')).map((kind) => [kind, known.get(`${pkg}.${kind}`)]);
  return [group, kinds.map(([kind, called]) => (kind === called ? kind : `${kind}=${called}`)).join(' ')];
});

/** The group as its package registers it. */
function groupOf(pkg, path) {
  if (pkg === 'meta') return 'meta';
  if (pkg === 'core') return 'v1';
  const source = readFileSync(join(dirname(path), 'register.go'), 'utf8');
  return `${/GroupName = "([^"]+)"/.exec(source)?.[1]}/${dirname(path).split('/').at(-1)}`;
}

const entry = ([name, text]) => `  ${/^\w+$/.test(name) ? name : `'${name}'`}: '${text}',`;
const table = (name, about, entries) =>
  `/** ${about} */\nexport const ${name}: Readonly<Record<string, string>> = {\n${entries.map(entry).join('\n')}\n};\n`;
const NOTE =
  '/* Written by generate.mjs from the struct tags of k8s.io/api v0.35; the notation is explained in notation.ts. */\n\n';

for (const [file, types] of Object.entries(tables)) {
  const sorted = [...types].sort(([a], [b]) => (a < b ? -1 : 1));
  const text = table(`${file}Facts`, 'Fields of each Go type, by its name.', sorted);
  const more =
    file === 'rest'
      ? `\n${table('bodyKinds', 'Kinds of bodies by API version, with the Go type where it is called otherwise.', bodies)}`
      : '';
  writeFileSync(join(here, `facts.${file}.ts`), NOTE + text + more);
}
