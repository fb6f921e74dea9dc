import { describe, expect, it } from 'vitest';
import { type Client, type Credentials, kinds, StatusError } from '../api';
import { createRandom, FileError, type Files, NEVER } from '../base';
import { createClient } from '../cluster/client';
import { APISERVER, createApiServer } from '../cluster/server';
import { createStore } from '../cluster/store';
import { runKubectl } from './index';

const NAMESPACES = { group: '', version: 'v1', resource: 'namespaces' };

/** Files that are only ever read. */
function readOnlyFiles(contents: Readonly<Record<string, string>>): Files {
  const under = (path: string) => Object.keys(contents).filter((each) => each.startsWith(`${path}/`));
  const never = () => {
    throw new Error('not in this world');
  };
  return {
    stat(path) {
      const text = contents[path];
      if (text !== undefined) return { kind: 'file', size: text.length, mode: 0o644, modifiedAt: 0 };
      return under(path).length > 0 ? { kind: 'directory', size: 0, mode: 0o755, modifiedAt: 0 } : undefined;
    },
    read(path) {
      const text = contents[path];
      if (text === undefined) throw new FileError('ENOENT', path);
      return text;
    },
    list: (path) => under(path).map((each) => each.slice(path.length + 1)),
    write: never,
    append: never,
    mkdir: never,
    remove: never,
    rename: never,
    chmod: never,
  };
}

/** An API server without controllers, and kubectl on it: each line's stdout and stderr in order, and its status. */
function world(files: Readonly<Record<string, string>> = {}) {
  const clock = { at: 1_790_000_000_000, now: () => clock.at };
  const server = createApiServer({
    store: createStore({ revision: 1000, freeze: true }),
    kinds,
    clock,
    random: createRandom(1),
    network: { serviceCIDR: '10.96.0.0/12', nodePortRange: [30000, 32767] },
  });
  const api = server.as(APISERVER);
  api.create(NAMESPACES, '', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'default' } });
  const become = (credentials: Credentials): Client => {
    const who = server.authenticate(credentials, APISERVER);
    if (who instanceof StatusError) throw who;
    return createClient(server.as(who), { ...ports, become });
  };
  const ports = {
    send: () => ({ kind: 'dropped' as const }),
    attach: () => undefined,
    exec: async () => 0,
    logs: { read: () => [], onChange: () => () => {} },
    now: () => clock.at,
  };
  const client = createClient(api, { ...ports, become });
  const contents = Object.fromEntries(Object.entries(files).map(([name, text]) => [`/root/${name}`, text]));
  return async (line: string): Promise<string> => {
    let said = '';
    const output = {
      write: async (text: string) => {
        said += text;
      },
    };
    const status = await runKubectl(line.split(' '), {
      client,
      files: readOnlyFiles(contents),
      timer: {
        now: clock.now,
        sleep: async (ms) => {
          clock.at += ms;
        },
      },
      random: createRandom(2),
      cwd: '/root',
      environment: { HOME: '/root' },
      streams: { stdin: undefined, stdout: output, stderr: output, tty: false, cancel: NEVER },
    });
    return status === 0 ? said : `${said}[${status}]`;
  };
}

const SERVICE = `apiVersion: v1
kind: Service
metadata:
  name: web
spec:
  clusterIP: 10.96.1.1
  selector:
    app: web
  ports:
  - port: 80
`;

const DEPLOYMENT = `apiVersion: apps/v1
kind: Deployment
metadata:
  name: web
spec:
  selector:
    matchLabels: {app: web}
  template:
    metadata:
      labels: {app: web}
    spec:
      containers:
      - {name: c, image: nginx}
`;

describe('[K7] kubectl says what kubectl says', () => {
  it('applies, changes, shows and deletes a Service', async () => {
    const kubectl = world({ 'svc.yaml': SERVICE, 'new.yaml': SERVICE.replace('port: 80', 'port: 81') });
    expect(await kubectl('apply -f svc.yaml')).toBe('service/web created\n');
    expect(await kubectl('apply -f svc.yaml')).toBe('service/web unchanged\n');
    expect(await kubectl('apply -f new.yaml')).toBe('service/web configured\n');
    expect(await kubectl('get svc')).toBe(
      'NAME   TYPE        CLUSTER-IP   EXTERNAL-IP   PORT(S)   AGE\nweb    ClusterIP   10.96.1.1    <none>        81/TCP    0s\n',
    );
    expect(await kubectl('get svc/web -o jsonpath={.spec.ports}')).toBe(
      '[{"port":81,"protocol":"TCP","targetPort":81}]',
    );
    expect(await kubectl('describe svc web')).toContain('Port:                     <unset>  81/TCP\n');
    expect(await kubectl('delete svc web')).toBe('service "web" deleted from default namespace\n');
    expect(await kubectl('get svc')).toBe('No resources found in default namespace.\n');
  });

  it('warns of what is deprecated, once a run', async () => {
    const kubectl = world();
    const warning = 'Warning: v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice\n';
    expect(await kubectl('get endpoints')).toBe(`${warning}No resources found in default namespace.\n`);
    expect(await kubectl('get endpointslices')).toBe('No resources found in default namespace.\n');
    expect(await kubectl('delete endpoints --all')).toBe(`${warning}No resources found\n`);
  });

  it('autoscales what can be scaled', async () => {
    const kubectl = world({ 'web.yaml': DEPLOYMENT });
    await kubectl('apply -f web.yaml');
    expect(await kubectl('autoscale deploy web --min=1')).toContain('required flag(s) "max" not set');
    expect(await kubectl('autoscale deploy web --min=3 --max=2')).toContain(
      '--max=MAXPODS must be larger or equal to --min=MINPODS, max: 2, min: 3',
    );
    expect(await kubectl('autoscale deploy web --max=3 --cpu=200 --memory=60% --name=hpa')).toBe(
      'horizontalpodautoscaler.autoscaling/hpa autoscaled\n',
    );
    const targets = '-o jsonpath={.spec.metrics[*].resource.target}';
    expect(await kubectl(`get hpa hpa ${targets}`)).toBe(
      '{"averageValue":"200m","type":"AverageValue"} {"averageUtilization":60,"type":"Utilization"}',
    );
    expect(await kubectl('autoscale deploy web --max=3 --cpu-percent=50')).toBe(
      "Flag --cpu-percent has been deprecated, Use --cpu with percentage or resource quantity format (e.g., '70%' for utilization or '500m' for milliCPU).\nhorizontalpodautoscaler.autoscaling/web autoscaled\n",
    );
    expect(await kubectl('autoscale deploy web --max=3 --cpu=50%')).toContain('(AlreadyExists)');
    expect(await kubectl('autoscale deploy web --max=3')).toBe(
      'error: failed to create autoscaling/v2 HPA and the configuration is incompatible with autoscaling/v1: empty input\n[1]',
    );
    expect(await kubectl('autoscale ns default --max=3')).toContain(
      'cannot autoscale a Namespace: could not find scale subresource for /v1, Resource=namespaces in discovery information',
    );
    expect(await kubectl('autoscale --help')).not.toContain('cpu-percent');
    expect((await kubectl('api-resources --api-group=autoscaling -o name')).split('\n')).toHaveLength(2);
    expect(await kubectl('get hpa.v1.autoscaling hpa -o jsonpath={.apiVersion}')).toBe('autoscaling/v1');
  });

  it.each([
    [
      '--rule=shop.example.com/*=web:80,tls=cert --rule=shop.example.com/api=api:http',
      '{"rules":[{"host":"shop.example.com","http":{"paths":[{"backend":{"service":{"name":"web","port":{"number":80}}},"path":"/","pathType":"Prefix"},{"backend":{"service":{"name":"api","port":{"name":"http"}}},"path":"/api","pathType":"Exact"}]}}],"tls":[{"hosts":["shop.example.com"],"secretName":"cert"}]}',
    ],
    [
      '--class=nginx --default-backend=web:80',
      '{"defaultBackend":{"service":{"name":"web","port":{"number":80}}},"ingressClassName":"nginx"}',
    ],
    [
      '--rule=a.com/=web:80,tls --rule=b.com/=web:80,tls --rule=/x=web:80',
      '{"rules":[{"host":"a.com","http":{"paths":[{"backend":{"service":{"name":"web","port":{"number":80}}},"path":"/","pathType":"Exact"}]}},{"host":"b.com","http":{"paths":[{"backend":{"service":{"name":"web","port":{"number":80}}},"path":"/","pathType":"Exact"}]}},{"http":{"paths":[{"backend":{"service":{"name":"web","port":{"number":80}}},"path":"/x","pathType":"Exact"}]}}],"tls":[{"hosts":["a.com","b.com"]}]}',
    ],
  ])('creates an Ingress of %s', async (args, spec) => {
    const kubectl = world();
    expect(await kubectl(`create ingress shop ${args} --annotation=a=b=c`)).toBe(
      'ingress.networking.k8s.io/shop created\n',
    );
    expect(await kubectl('get ingress shop -o jsonpath={.spec}')).toBe(spec);
    expect(await kubectl('get ingress shop -o jsonpath={.metadata.annotations}')).toBe('{"a":"b=c"}');
  });

  it.each([
    [
      '',
      'not enough information provided: every ingress has to either specify a default-backend (which catches all traffic) or a list of rules (which catch specific paths)',
    ],
    [
      '--rule=shop=web:80',
      'rule shop=web:80 is invalid and should be in format host/path=svcname:svcport[,tls[=secret]]',
    ],
    ['--default-backend=web', 'default-backend should be in format servicename:serviceport'],
    [
      '--default-backend=web:80 --annotation=a',
      'annotation a is invalid and should be in format key=[value]',
    ],
  ])('creates no Ingress of %s', async (args, error) => {
    expect(await world()(`create ingress shop ${args}`.trim())).toBe(`error: ${error}\n[1]`);
  });

  it.each([
    ['no text', 'no text', 'tls: failed to find any PEM data in certificate input'],
    [
      '-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n',
      'no text',
      'tls: failed to find certificate PEM data in certificate input, but did find a private key; PEM inputs may have been switched',
    ],
    [
      '-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n',
      'no text',
      'x509: malformed certificate',
    ],
  ])('takes no TLS pair of %j', async (crt, key, error) => {
    const kubectl = world({ crt, key });
    expect(await kubectl('create secret tls pair --cert=crt --key=key')).toBe(`error: ${error}\n[1]`);
  });

  it('reads no manifest where there is no network', async () => {
    expect(await world()('apply -f https://example.com/a.yaml')).toBe(
      'Unable to connect to the server: dial tcp: lookup example.com: no such host\n[1]',
    );
  });

  it('drops from the live object what the file no longer says, and nothing else', async () => {
    const labelled = (labels: string) =>
      SERVICE.replace('  name: web\n', `  name: web\n  labels: ${labels}\n`);
    const kubectl = world({ 'a.yaml': labelled('{a: b, tier: front}'), 'b.yaml': labelled('{a: b}') });
    await kubectl('apply -f a.yaml');
    await kubectl('label svc web team=shop');
    expect(await kubectl('apply -f b.yaml')).toBe('service/web configured\n');
    expect(await kubectl('get svc web -o jsonpath={.metadata.labels}')).toBe('{"a":"b","team":"shop"}');
  });

  it.each([
    ['gte svc', 'error: unknown command "gte" for "kubectl"\n\nDid you mean this?\n\tget\n[1]'],
    ['get sevices', 'error: the server doesn\'t have a resource type "sevices"\n[1]'],
    ['get svc nope', 'Error from server (NotFound): services "nope" not found\n[1]'],
    ['get svc --foo', "error: unknown flag: --foo\nSee 'kubectl get --help' for usage.\n[1]"],
    ['get pod/', 'error: arguments in resource/name form must have a single resource and name\n[1]'],
    ['scale deploy web', 'error: required flag(s) "replicas" not set\n[1]'],
    ['delete svc', 'error: resource(s) were provided, but no name was specified\n[1]'],
    ['apply -f no.yaml', 'error: the path "no.yaml" does not exist\n[1]'],
    [
      'create service clusterip a --tcp=http',
      'error: strconv.ParseUint: parsing "http": invalid syntax\n[1]',
    ],
    ['rollout status svc/web', 'Error from server (NotFound): services "web" not found\n[1]'],
  ])('refuses %s', async (line, said) => {
    expect(await world()(line)).toBe(said);
  });

  it('generates a Deployment without asking the cluster', async () => {
    expect(await world()('create deployment web --image=nginx --port=80 --dry-run=client -o yaml')).toBe(
      'apiVersion: apps/v1\nkind: Deployment\nmetadata:\n  labels:\n    app: web\n  name: web\nspec:\n  replicas: 1\n  selector:\n    matchLabels:\n      app: web\n  strategy: {}\n  template:\n    metadata:\n      labels:\n        app: web\n    spec:\n      containers:\n      - image: nginx\n        name: nginx\n        ports:\n        - containerPort: 80\n        resources: {}\nstatus: {}\n',
    );
  });
});
