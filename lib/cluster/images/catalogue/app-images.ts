import type { CallDefinition, ImageDefinition, ListenerDefinition, RouteDefinition } from '../../../api';
import type { CatalogueImage } from '../define-image';
import { definedImage } from '../defined';

interface App {
  readonly title: string;
  readonly port: number;
  readonly tls?: boolean;
  /** What its pages need of other servers. */
  readonly calls?: readonly CallDefinition[];
}

const IDLE = { delayMs: 0, faults: [], log: [], calls: [] };

const page = (path: string, body: string, calls: readonly CallDefinition[] = []): RouteDefinition => ({
  ...IDLE,
  path,
  calls,
  reply: { status: 200, headers: {}, body },
  failure: { status: 502, headers: {}, body },
});

const call = (name: string, to: string, when?: string): CallDefinition => ({
  name,
  to,
  method: 'GET',
  headers: {},
  body: '',
  timeoutMs: 2000,
  optional: false,
  ...(when === undefined ? {} : { when }),
});

/** A demonstration web application: says which one it is, which Pod answered, and what became of each hop behind it. */
function define(image: string, { title, port, tls = false, calls = [] }: App): ImageDefinition {
  const greeting = `${title} on \${hostname}\n${calls.length === 0 ? '' : '${calls}'}`;
  const listener: ListenerDefinition = {
    port: `\${env.PORT:-${port}}`,
    bind: '0.0.0.0',
    protocol: tls ? 'https' : 'http',
    routes: [page('/healthz', 'ok\n'), page('/ready', 'ok\n'), page('*', greeting, calls)],
    exchanges: [],
    accessLog: '${time} ${request.client} ${request.method} ${request.path} ${status}',
  };
  return {
    image,
    sizeBytes: 24_000_000,
    entrypoint: ['/app/server'],
    cmd: [],
    env: {},
    files: {},
    tools: ['alpine', 'curl'],
    listeners: [listener],
    start: {
      needs: [],
      log: [],
      takesMs: 0,
      calls: [],
      ready: [`\${time} ${title} listening on :\${env.PORT:-${port}}`],
    },
    stop: { ignored: true, takesMs: 0, exitCode: 0, log: [] },
  };
}

/** An application whose versions say so; `ofTag` tells what else they differ in. */
function app(names: readonly string[], plain: App, ofTag: (tag: string) => Partial<App> = () => ({})) {
  return names.map(
    (name): CatalogueImage =>
      definedImage(define(name, plain), (tag) =>
        /^v\d/.test(tag)
          ? define(name, { ...plain, title: `${plain.title} ${tag}`, ...ofTag(tag) })
          : undefined,
      ),
  );
}

const SHOP_CALLS = [
  call('backend', '${env.BACKEND_URL:-http://backend-service:80}/'),
  call('mysql', 'tcp://${env.MYSQL_ADDRESS:-mysql-service:3306}'),
  call('redis', 'tcp://${env.REDIS_ADDRESS:-redis-service:6379}'),
];
/** The back end looks for its stores only where it is told of them. */
const STORE_CALLS = [
  call('mysql', 'tcp://${env.MYSQL_ADDRESS}', 'MYSQL_ADDRESS'),
  call('redis', 'tcp://${env.REDIS_ADDRESS}', 'REDIS_ADDRESS'),
];

const TOKEN = '/var/run/secrets/kubernetes.io/serviceaccount/token';
const SCRIPT = '/scripts/scale_resources.py';
const DEPLOYMENTS =
  'https://${env.KUBERNETES_SERVICE_HOST}:${env.KUBERNETES_SERVICE_PORT:-443}/apis/apps/v1/namespaces/${namespace}/deployments';

/** A Job's work: asks the API server for the Deployments of its namespace, as its service account. */
const scaler: ImageDefinition = {
  ...define('myorg/scaler', { title: 'scaler', port: 8080 }),
  entrypoint: ['python'],
  cmd: [SCRIPT],
  files: { [SCRIPT]: `# Asks ${DEPLOYMENTS} what there is to scale.\n` },
  tools: ['debian'],
  listeners: [],
  start: {
    needs: ['KUBERNETES_SERVICE_HOST'],
    log: [`GET ${DEPLOYMENTS}`],
    takesMs: 800,
    calls: [{ ...call('api', DEPLOYMENTS), headers: { Authorization: `Bearer \${file.${TOKEN}}` } }],
    ready: ['api: ${call.api.status} in ${call.api.ms} ms'],
    exit: { code: 0, afterMs: 200, log: ['nothing to scale'] },
  },
};

/** The applications that the course's chapters deploy. */
export const appImages: readonly CatalogueImage[] = [
  ...app(['mycompany/backend-service'], { title: 'backend-service', port: 8080, calls: STORE_CALLS }),
  ...app(['mycompany/web-app'], { title: 'web-app', port: 8080 }),
  ...app(['mycompany/dashboard'], { title: 'dashboard', port: 8080 }),
  ...app(['mycompany/frontend'], { title: 'frontend', port: 3000, calls: SHOP_CALLS }),
  ...app(['my-backend', 'mycompany/backend'], { title: 'backend', port: 8080 }, (tag) =>
    tag === 'v2' ? { port: 9090 } : {},
  ),
  ...app(['my-app', 'mycompany/my-app'], { title: 'my-app', port: 8080 }),
  ...app(['my-api', 'mycompany/my-api'], { title: 'my-api', port: 9377, tls: true }),
  definedImage(scaler),
];
