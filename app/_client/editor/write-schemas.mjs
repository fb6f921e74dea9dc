/**
 * Writes public/schemas/kubernetes.json: JSON Schema for the kinds below, from the types and documentation of
 * `kubernetes-types`. Run `node app/_client/editor/write-schemas.mjs` after changing KINDS or that package.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createGenerator } from 'ts-json-schema-generator';

const KINDS = {
  'core/v1': [
    'ConfigMap',
    'Endpoints',
    'Namespace',
    'PersistentVolumeClaim',
    'Pod',
    'Secret',
    'Service',
    'ServiceAccount',
  ],
  'apps/v1': ['DaemonSet', 'Deployment', 'ReplicaSet', 'StatefulSet'],
  'batch/v1': ['CronJob', 'Job'],
  'discovery/v1': ['EndpointSlice'],
  'networking/v1': ['Ingress', 'NetworkPolicy'],
  'rbac/v1': ['ClusterRole', 'ClusterRoleBinding', 'Role', 'RoleBinding'],
};
const root = path.join(import.meta.dirname, '../../..');
const definitions = {};

/** Objects of Kubernetes hold no fields but their own; an unknown one is a typing error worth showing. */
function generate(file) {
  return createGenerator({
    path: path.join(root, 'node_modules/kubernetes-types', `${file}.d.ts`),
    type: '*',
    expose: 'export',
    topRef: false,
    additionalProperties: false,
    skipTypeCheck: true,
    jsDoc: 'extended',
  }).createSchema('*').definitions;
}

const ofKind = [];
for (const [file, kinds] of Object.entries(KINDS)) {
  Object.assign(definitions, generate(file));
  for (const kind of kinds) {
    definitions[kind].required = [
      ...new Set(['apiVersion', 'kind', 'metadata', ...(definitions[kind].required ?? [])]),
    ];
    const isKind = { properties: { kind: { const: kind } }, required: ['kind'] };
    ofKind.push(
      Object.fromEntries([
        ['if', isKind],
        ['then', { $ref: `#/definitions/${kind}` }],
      ]),
    );
  }
}

/** Only what the listed kinds reach. */
function reachable() {
  const seen = new Set();
  const visit = (node) => {
    if (Array.isArray(node)) return node.forEach(visit);
    if (node === null || typeof node !== 'object') return;
    const name =
      typeof node.$ref === 'string' ? decodeURIComponent(node.$ref.replace('#/definitions/', '')) : undefined;
    if (name !== undefined && !seen.has(name)) {
      seen.add(name);
      visit(definitions[name]);
    }
    Object.values(node).forEach(visit);
  };
  visit(ofKind);
  return Object.fromEntries([...seen].sort().map((name) => [name, definitions[name]]));
}

const kinds = Object.values(KINDS).flat().sort();
const schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'A Kubernetes object',
  type: 'object',
  required: ['apiVersion', 'kind'],
  properties: { kind: { enum: kinds }, apiVersion: { type: 'string' } },
  allOf: ofKind,
  definitions: reachable(),
};
mkdirSync(path.join(root, 'public/schemas'), { recursive: true });
writeFileSync(path.join(root, 'public/schemas/kubernetes.json'), `${JSON.stringify(schema)}\n`);
