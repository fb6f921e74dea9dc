import {
  attributeOf,
  certificatesIn,
  coversHost,
  type Ingress,
  isForHost,
  publicHalf,
  type Secret,
  type Stored,
} from '../../api';
import { decodeBase64, formatTime } from '../../base';
import type { Server } from './configuration';
import type { Inputs } from './inputs';
import type { Warn } from './upstreams';

/** What a TLS Secret gives: certificates in PEM, or why there are none. */
export type LocalCertificate = { readonly chain: string } | { readonly error: string };

/** Reads a Secret as the controller's store does (store.getPemCertificate). */
export function localCertificate(secret: Secret | undefined, key: string): LocalCertificate {
  const missing = { error: `local SSL certificate ${key} was not found` };
  if (secret === undefined) return missing;
  const chain = decoded(secret, 'tls.crt');
  const privateKey = decoded(secret, 'tls.key');
  if (chain === undefined || privateKey === undefined) return missing;
  const [leaf] = certificatesIn(chain);
  const half = publicHalf(privateKey);
  if (leaf === undefined || half === undefined || half.digits !== leaf.key.digits) return missing;
  return { chain };
}

/** Why a Secret that an Ingress names is no certificate, as its store logs it; undefined when it is one. */
export function secretProblem(secret: Secret | undefined, key: string): string | undefined {
  if (secret === undefined) return `no object matching key "${key}" in local store`;
  const chain = decoded(secret, 'tls.crt');
  const privateKey = decoded(secret, 'tls.key');
  if (chain === undefined || privateKey === undefined)
    return decoded(secret, 'auth') === undefined
      ? `secret "${key}" contains no keypair or CA certificate`
      : undefined;
  const [leaf] = certificatesIn(chain);
  if (leaf === undefined)
    return 'unexpected error creating SSL Cert: no valid PEM formatted block found in certificate';
  const half = publicHalf(privateKey);
  if (half === undefined)
    return 'unexpected error creating SSL Cert: certificate and private key does not have a matching public key: tls: failed to find any PEM data in key input';
  return half.digits === leaf.key.digits
    ? undefined
    : 'unexpected error creating SSL Cert: certificate and private key does not have a matching public key: tls: private key does not match public key';
}

function decoded({ data }: Secret, key: string): string | undefined {
  const value = data?.[key];
  return value === undefined ? undefined : decodeBase64(value);
}

/** A host's certificate by an Ingress' tls section: its Secret's, the default one, or none at all. */
export function certificateFor(
  inputs: Inputs,
  ingress: Stored<Ingress>,
  host: string,
  fallback: string,
  now: number,
  warn: Warn,
): Pick<Server, 'chain' | 'secret'> {
  const tls = ingress.spec?.tls ?? [];
  if (tls.length === 0) return {};
  const namespace = ingress.metadata.namespace ?? '';
  const local = (name: string) =>
    localCertificate(inputs.secrets.get(`${namespace}/${name}`), `${namespace}/${name}`);
  const name = secretFor(ingress, host, local);
  if (name === undefined) return { chain: fallback };
  const key = `${namespace}/${name}`;
  const found = local(name);
  if ('error' in found) {
    warn(
      'controller.go:1551',
      `Error getting SSL certificate "${key}": ${found.error}. Using default certificate`,
    );
    return { chain: fallback };
  }
  if (!fits(found.chain, host, key, warn)) return { chain: fallback };
  tellExpiry(found.chain, host, now, warn);
  return { chain: found.chain, secret: { namespace, name } };
}

/** The Secret of the entry that lists a host, else of the first whose certificate is for it. */
function secretFor(
  { spec }: Ingress,
  host: string,
  local: (name: string) => LocalCertificate,
): string | undefined {
  const entries = spec?.tls ?? [];
  const listed = entries.find(({ hosts }) =>
    hosts?.some((each) => each.toLowerCase() === host.toLowerCase()),
  );
  if (listed !== undefined) return listed.secretName || undefined;
  return entries.find(({ secretName }) => {
    const found = secretName ? local(secretName) : undefined;
    const leaf = found !== undefined && 'chain' in found ? certificatesIn(found.chain)[0] : undefined;
    return leaf !== undefined && isForHost(leaf, host);
  })?.secretName;
}

function fits(chain: string, host: string, key: string, warn: Warn): boolean {
  const [leaf] = certificatesIn(chain);
  if (leaf === undefined) return false;
  if (leaf.names.length > 0 && isForHost(leaf, host)) return true;
  // A wildcard host is asked for literally.
  if (leaf.names.includes(host)) return true;
  const why =
    leaf.names.length === 0
      ? 'x509: certificate relies on legacy Common Name field, use SANs instead'
      : `x509: certificate is valid for ${leaf.names.join(', ')}, not ${host}`;
  warn(
    'controller.go:1564',
    `Unexpected error validating SSL certificate "${key}" for server "${host}": ${why}`,
  );
  warn(
    'controller.go:1565',
    'Validating certificate against DNS names. This will be deprecated in a future version',
  );
  const common = attributeOf(leaf.subject, 'CN') ?? '';
  if (coversHost(common, host) || common === host) return true;
  const shown = `x509: certificate is valid for ${common}, not ${host}`;
  warn(
    'controller.go:1570',
    `SSL certificate "${key}" does not contain a Common Name or Subject Alternative Name for server "${host}": ${shown}`,
  );
  warn('controller.go:1572', 'Using default certificate');
  return false;
}

/** Within so long of its end a certificate is told of. */
const SOON_MS = 240 * 3_600_000;

function tellExpiry(chain: string, host: string, now: number, warn: Warn): void {
  const end = certificatesIn(chain)[0]?.notAfter ?? 0;
  if (end < now) warn('controller.go:1582', `SSL certificate for server "${host}" expired (${goTime(end)})`);
  else if (end < now + SOON_MS)
    warn('controller.go:1584', `SSL certificate for server "${host}" is about to expire (${goTime(end)})`);
}

/** "2027-01-01 00:00:00 +0000 UTC". */
function goTime(ms: number): string {
  return `${formatTime(ms).replace('T', ' ').replace('Z', '')} +0000 UTC`;
}
