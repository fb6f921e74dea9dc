import type { ConfigMap, Ingress } from '../../api';
import type { Globals, Settings } from './configuration';

const PREFIX = 'nginx.ingress.kubernetes.io/';

const truth = (text: string | undefined): boolean | undefined =>
  text === undefined || !/^(1|0|t|f|true|false)$/i.test(text) ? undefined : /^(1|t|true)$/i.test(text);

/** The controller's ConfigMap over its defaults. */
export function globalsOf(data: ConfigMap['data'] = {}): Globals {
  const on = (key: string, otherwise: boolean) => truth(data[key]) ?? otherwise;
  const age = data['hsts-max-age'] ?? '31536000';
  const subdomains = on('hsts-include-subdomains', true) ? '; includeSubDomains' : '';
  const preload = on('hsts-preload', false) ? '; preload' : '';
  const code = Number(data['http-redirect-code']);
  return {
    sslRedirect: on('ssl-redirect', true),
    forceSslRedirect: on('force-ssl-redirect', false),
    redirectCode: [301, 302, 307, 308].includes(code) ? code : 308,
    hsts: on('hsts', true) ? `max-age=${age}${subdomains}${preload}` : undefined,
    useForwardedHeaders: on('use-forwarded-headers', false),
    useHttp2: on('use-http2', true),
  };
}

/** What a location is without any Ingress. */
export const PLAIN: Settings = {
  useRegex: false,
  sslRedirect: false,
  forceSslRedirect: false,
  secureBackend: false,
  serviceUpstream: false,
  allow: [],
  deny: [],
  connectTimeoutMs: 5000,
  readTimeoutMs: 60_000,
  bodyBytes: 1_048_576,
  preserveTrailingSlash: false,
  aliases: [],
};

/** An Ingress' annotations over the ConfigMap's settings. */
export function settingsOf({ metadata }: Ingress, globals: Globals, data: ConfigMap['data'] = {}): Settings {
  const text = (name: string) => metadata.annotations?.[PREFIX + name];
  const on = (name: string, otherwise: boolean) => truth(text(name)) ?? otherwise;
  const seconds = (name: string, otherwise: number) =>
    (Number.parseInt(text(name) ?? data[name] ?? '', 10) || otherwise / 1000) * 1000;
  const list = (name: string) =>
    (text(name) ?? '')
      .split(',')
      .map((each) => each.trim())
      .filter((each) => each !== '');
  const redirect = redirectOf(text);
  return {
    rewriteTarget: text('rewrite-target') || undefined,
    useRegex: on('use-regex', false),
    sslRedirect: on('ssl-redirect', globals.sslRedirect),
    forceSslRedirect: on('force-ssl-redirect', globals.forceSslRedirect),
    appRoot: text('app-root') || undefined,
    redirect,
    upstreamVhost: text('upstream-vhost') || undefined,
    secureBackend: /^(HTTPS|GRPCS)$/i.test(text('backend-protocol') ?? ''),
    serviceUpstream: on('service-upstream', false),
    allow: [...list('whitelist-source-range'), ...list('allowlist-source-range')],
    deny: list('denylist-source-range'),
    connectTimeoutMs: seconds('proxy-connect-timeout', PLAIN.connectTimeoutMs),
    readTimeoutMs: seconds('proxy-read-timeout', PLAIN.readTimeoutMs),
    bodyBytes: bytesOf(text('proxy-body-size') ?? data['proxy-body-size']) ?? PLAIN.bodyBytes,
    forwardedPrefix: text('x-forwarded-prefix') || undefined,
    preserveTrailingSlash: on('preserve-trailing-slash', false),
    aliases: list('server-alias'),
    defaultBackend: text('default-backend') || undefined,
  };
}

type Text = (name: string) => string | undefined;

function redirectOf(text: Text): Settings['redirect'] {
  const passing = text('temporal-redirect');
  if (passing) return { code: redirectCode(text('temporal-redirect-code'), 302), url: passing };
  const lasting = text('permanent-redirect');
  return lasting ? { code: redirectCode(text('permanent-redirect-code'), 301), url: lasting } : undefined;
}

function redirectCode(text: string | undefined, otherwise: number): number {
  const code = Number(text);
  return Number.isInteger(code) && code >= 300 && code <= 308 ? code : otherwise;
}

const UNITS: Readonly<Record<string, number>> = { '': 1, k: 1024, m: 1_048_576, g: 1_073_741_824 };

/** "8m" in bytes; 0 is no limit at all. */
function bytesOf(text: string | undefined): number | undefined {
  const parts = /^(\d+)([kmg]?)$/i.exec(text ?? '');
  if (parts === null) return undefined;
  const bytes = Number(parts[1]) * (UNITS[(parts[2] ?? '').toLowerCase()] ?? 1);
  return bytes === 0 ? Number.MAX_SAFE_INTEGER : bytes;
}
