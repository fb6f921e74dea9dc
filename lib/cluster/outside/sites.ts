import { PUBLIC_AUTHORITIES, SERVER_VERSION } from '../../api';
import { ingressNginxManifest } from '../ingress/manifest';
import type { Site, SiteAnswer } from './site';

const [LETS_ENCRYPT = [], DIGICERT = [], AMAZON = []] = PUBLIC_AUTHORITIES;

const EXAMPLE =
  '<!doctype html><html lang="en"><head><title>Example Domain</title></head><body><div><h1>Example Domain</h1><p>This domain is for use in documentation examples without needing permission. Avoid use in operations.</p></div></body></html>\n';

const html = (body: string, status = 200): SiteAnswer => ({ status, type: 'text/html', body });
const text = (body: string, status = 200): SiteAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body,
});
const json = (value: object, status = 200): SiteAnswer => ({
  status,
  type: 'application/json',
  body: `${JSON.stringify(value, null, 2)}\n`,
});
const titled = (title: string): SiteAnswer =>
  html(
    `<!doctype html>\n<html lang="en"><head><title>${title}</title></head><body><h1>${title}</h1></body></html>\n`,
  );

const MANIFEST =
  /^\/kubernetes\/ingress-nginx\/(?:main|controller-v1\.\d+\.\d+)\/deploy\/static\/provider\/(cloud|baremetal)\/deploy\.yaml$/;

function rawFile(path: string): SiteAnswer {
  const provider = MANIFEST.exec(path)?.[1];
  if (provider === undefined) return text('404: Not Found', 404);
  return text(ingressNginxManifest(provider === 'cloud' ? 'cloud' : 'baremetal'));
}

/** What a server that repeats requests says of one. */
const httpbin: Site['answer'] = (path, request, clientIP) => {
  const headers = Object.fromEntries(
    [['Host', request.host], ...Object.entries(request.headers)].sort(([a = ''], [b = '']) =>
      a < b ? -1 : 1,
    ),
  );
  const url = `${request.tls === undefined ? 'http' : 'https'}://${request.host}${request.path}`;
  const status = /^\/status\/(\d{3})$/.exec(path)?.[1];
  if (status !== undefined) return { status: Number(status), type: 'text/html; charset=utf-8', body: '' };
  if (path === '/ip') return json({ origin: clientIP });
  if (path === '/headers') return json({ headers });
  if (path === '/get') return json({ args: {}, headers, origin: clientIP, url });
  if (path === '/post' && request.method === 'POST')
    return json({ args: {}, data: request.body, headers, origin: clientIP, url });
  return path === '/' ? titled('httpbin.org') : undefined;
};

/** The web outside, as far as anybody here goes there. */
export const SITES: readonly Site[] = [
  {
    hosts: ['example.com', 'www.example.com'],
    certifiedFor: ['example.com', '*.example.com'],
    issuer: DIGICERT,
    server: 'cloudflare',
    secureOnly: false,
    answer: () => html(EXAMPLE),
  },
  {
    hosts: ['example.org'],
    certifiedFor: ['example.org', '*.example.org'],
    issuer: DIGICERT,
    server: 'cloudflare',
    secureOnly: false,
    answer: () => html(EXAMPLE),
  },
  {
    hosts: ['api.example.com'],
    issuer: LETS_ENCRYPT,
    server: 'nginx',
    secureOnly: false,
    answer: (path) => json({ service: 'api.example.com', path, status: 'ok' }),
  },
  {
    hosts: ['httpbin.org'],
    certifiedFor: ['httpbin.org', '*.httpbin.org'],
    issuer: AMAZON,
    server: 'gunicorn/19.9.0',
    secureOnly: false,
    answer: httpbin,
  },
  {
    hosts: ['ifconfig.me', 'icanhazip.com'],
    issuer: LETS_ENCRYPT,
    server: 'nginx',
    secureOnly: false,
    answer: (path, _, clientIP) => (path === '/' || path === '/ip' ? text(`${clientIP}\n`) : undefined),
  },
  {
    hosts: ['raw.githubusercontent.com'],
    certifiedFor: ['*.github.io', 'github.io', '*.githubusercontent.com', 'githubusercontent.com'],
    issuer: LETS_ENCRYPT,
    server: 'GitHub.com',
    secureOnly: true,
    answer: rawFile,
  },
  {
    hosts: ['github.com', 'www.github.com'],
    issuer: LETS_ENCRYPT,
    server: 'github.com',
    secureOnly: true,
    answer: (path) => (path === '/' ? titled('GitHub') : undefined),
  },
  {
    hosts: ['api.github.com'],
    certifiedFor: ['*.github.com', 'github.com'],
    issuer: LETS_ENCRYPT,
    server: 'github.com',
    secureOnly: true,
    answer: (path) =>
      path === '/zen'
        ? text('Keep it logically awesome.')
        : path === '/'
          ? json({ current_user_url: 'https://api.github.com/user' })
          : json({ message: 'Not Found', status: '404' }, 404),
  },
  {
    hosts: ['kubernetes.io', 'www.kubernetes.io'],
    issuer: LETS_ENCRYPT,
    server: 'Netlify',
    secureOnly: true,
    answer: (path) => (path === '/' ? titled('Kubernetes') : undefined),
  },
  {
    hosts: ['dl.k8s.io'],
    issuer: LETS_ENCRYPT,
    server: 'UploadServer',
    secureOnly: true,
    answer: (path) => (path === '/release/stable.txt' ? text(SERVER_VERSION.gitVersion) : undefined),
  },
  {
    hosts: ['registry.k8s.io'],
    issuer: LETS_ENCRYPT,
    server: 'Google Frontend',
    secureOnly: true,
    answer: (path) => (path === '/v2/' ? json({}) : undefined),
  },
  {
    hosts: ['registry-1.docker.io', 'auth.docker.io'],
    certifiedFor: ['*.docker.io', 'docker.io'],
    issuer: AMAZON,
    server: 'nginx',
    secureOnly: true,
    answer: (path) =>
      path === '/v2/'
        ? json({ errors: [{ code: 'UNAUTHORIZED', message: 'authentication required', detail: null }] }, 401)
        : undefined,
  },
  {
    hosts: ['google.com', 'www.google.com'],
    certifiedFor: ['*.google.com', 'google.com'],
    issuer: LETS_ENCRYPT,
    server: 'gws',
    secureOnly: false,
    answer: (path, { host }) =>
      host.startsWith('www.')
        ? path === '/'
          ? titled('Google')
          : undefined
        : {
            ...html(
              '<HTML><HEAD><TITLE>301 Moved</TITLE></HEAD><BODY>\n<H1>301 Moved</H1>\n</BODY></HTML>\n',
              301,
            ),
            headers: [['Location', `http://www.google.com${path}`]],
          },
  },
  {
    hosts: ['dns.google', 'one.one.one.one'],
    issuer: LETS_ENCRYPT,
    server: 'HTTP server (unknown)',
    secureOnly: true,
    answer: (path) => (path === '/' ? titled('Public DNS') : undefined),
  },
];
