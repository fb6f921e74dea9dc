import { describe, expect, it } from 'vitest';
import { scriptParts } from '../script-parts';
import { asCommands } from './as-commands';
import { asManifest } from './as-manifests';
import { deploymentCommands } from './deployment-commands';
import { type Manifest, manifestsIn } from './manifests';
import { renamed } from './rename';
import { reordered } from './reorder';
import { serviceCommands } from './service-commands';

const only = (script: string) => {
  const [part] = scriptParts(script);
  if (part === undefined) throw new Error('a script of one part');
  return part;
};

describe('[K7] commands that make an object are written as manifests', () => {
  it.each([
    [
      'kubectl expose deployment web --port=80',
      'kubectl expose deployment web --port=80 --dry-run=client -o yaml | kubectl apply -f -',
    ],
    [
      'kubectl create deployment web -n shop --image=nginx -- sleep 1',
      'kubectl create deployment web -n shop --image=nginx --dry-run=client -o yaml -- sleep 1 | kubectl -n shop apply -f -',
    ],
    ['kubectl scale deployment web --replicas=2', undefined],
    ['kubectl create -f web.yaml', undefined],
    ['kubectl run x --rm -it --image=busybox -- sh', undefined],
    ['kubectl create namespace shop > /dev/null', undefined],
  ])('%s', (command, expected) => {
    expect(asManifest(only(command)).command).toBe(expected ?? command);
  });
});

const TWO = `kubectl apply -f - <<END
kind: ServiceAccount
apiVersion: v1
metadata: { name: me }
---
apiVersion: v1
kind: Service
metadata: { name: web }
spec: { ports: [{ port: 80, targetPort: 8080 }, { port: 81 }], selector: { app: web } }
---
apiVersion: v1
kind: Service
metadata: { name: api }
spec: { ports: [{ port: 1 }] }
END`;

describe('[K7] manifests are put into another order', () => {
  it('objects backwards, save those that others need, and keys too; lists keep theirs', () => {
    const objects = manifestsIn(reordered(only(TWO))) ?? [];
    expect(objects.map(({ kind, metadata }) => `${kind} ${metadata.name}`)).toEqual([
      'ServiceAccount me',
      'Service api',
      'Service web',
    ]);
    expect(Object.keys(objects[2] ?? {})).toEqual(['spec', 'metadata', 'kind', 'apiVersion']);
    expect(objects[2]?.spec?.ports).toEqual([{ port: 80, targetPort: 8080 }, { port: 81 }]);
  });

  it('what holds no manifest stays', () => {
    const part = only('cat > notes <<END\nhello\nEND');
    expect(reordered(part)).toBe(part);
  });
});

describe('[K7] names that the lab does not know are other names', () => {
  const lab = (known: unknown) =>
    ({ tasks: known, objects: [], files: {}, images: [], startScript: undefined }) as never;
  it.each([
    ['web is free', [], /name: web-b\b/],
    ['web is asked for', [{ text: 'Service `web`' }], /name: web\b(?!-)/],
  ])('%s', (_what, known, expected) => {
    expect(renamed(scriptParts(TWO), lab(known))).toMatch(expected);
  });
});

it('[K7] a container that is called after its image keeps its name, and so does the image', () => {
  const script =
    'kubectl apply -f - <<END\napiVersion: apps/v1\nkind: Deployment\nmetadata: { name: store }\nspec: { template: { spec: { containers: [{ name: redis, image: redis:8 }] } } }\nEND';
  const free = { tasks: [], objects: [], files: {}, images: [], startScript: undefined } as never;
  const other = renamed(scriptParts(script), free);
  expect(other).toContain('name: store-b');
  expect(other).toContain('name: redis, image: redis:8');
});

const manifest = (text: string): Manifest => {
  const [object] = manifestsIn(only(`cat <<END\n${text}\nEND`)) ?? [];
  if (object === undefined) throw new Error('a manifest');
  return object;
};

describe('[K7] manifests that commands can make are made by commands', () => {
  it.each([
    [
      '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { a: b, c: d }, ports: [{ port: 80, targetPort: http }], sessionAffinity: ClientIP } }',
      [
        'kubectl create service clusterip web --tcp=80:http',
        "kubectl set selector service web 'a=b,c=d'",
        `kubectl patch service web -p '{"spec":{"sessionAffinity":"ClientIP"}}'`,
      ],
    ],
    [
      '{ apiVersion: v1, kind: Service, metadata: { name: web, namespace: x }, spec: { type: NodePort, selector: { a: b }, ports: [{ port: 80, nodePort: 30007 }] } }',
      [
        'kubectl create service nodeport web -n x --tcp=80 --node-port=30007',
        "kubectl set selector service web -n x 'a=b'",
      ],
    ],
    [
      '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { a: b }, ports: [{ name: http, port: 80 }] } }',
      undefined,
    ],
    [
      '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { ports: [{ port: 80 }] } }',
      undefined,
    ],
  ])('%s', (text, commands) => {
    expect(serviceCommands(manifest(text))).toEqual(commands);
  });

  const deployment = (labels: string, container: string) =>
    manifest(
      `{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { replicas: 2, selector: { matchLabels: ${labels} }, template: { metadata: { labels: ${labels} }, spec: { containers: [${container}] } } } }`,
    );
  it.each([
    [
      '{ app: web }',
      '{ name: nginx, image: "nginx:1", ports: [{ containerPort: 80 }] }',
      'kubectl create deployment web --replicas=2 --image=nginx:1 --port=80',
    ],
    ['{ app: other }', '{ name: nginx, image: "nginx:1" }', undefined],
    ['{ app: web }', '{ name: main, image: "nginx:1" }', undefined],
    ['{ app: web }', '{ name: nginx, image: nginx, env: [] }', undefined],
  ])('Deployment %s %s', (labels, container, command) => {
    expect(deploymentCommands(deployment(labels, container))).toEqual(command && [command]);
  });
});

describe('[K7] the namespace of the command that applies a manifest is kept', () => {
  const nothingYet = { view: { get: () => undefined } } as never;
  const service =
    '{ apiVersion: v1, kind: Service, metadata: { name: web }, spec: { selector: { a: b }, ports: [{ port: 80 }] } }';
  const made = (where: string) =>
    `kubectl create service clusterip web${where} --tcp=80\nkubectl set selector service web${where} 'a=b'\n`;
  it.each([
    ['kubectl apply -f - <<END', made('')],
    ['kubectl -n shop apply -f - <<END', made(' -n shop')],
    ['kubectl apply -n shop -f - <<END', made(' -n shop')],
    ['kubectl apply -f - --namespace=shop <<END', made(' -n shop')],
    ['kubectl apply --server-side -f - <<END', undefined],
  ])('%s', (command, expected) => {
    expect(asCommands(scriptParts(`${command}\n${service}\nEND\n`), nothingYet)).toBe(expected);
  });

  it('of a file that is applied later', () => {
    const script = `cat > web.yaml <<END\n${service}\nEND\nkubectl -n shop apply -f web.yaml\n`;
    expect(asCommands(scriptParts(script), nothingYet)).toBe(made(' -n shop'));
  });
});
