import { type Certificate, isForHost, isSelfSigned, sameName } from './certificate';
import { PUBLIC_AUTHORITIES } from './public-authorities';

/** What a client asks of a server's certificate: to be for a host, and to come from authorities that it knows. */
export interface TlsTrust {
  readonly host: string;
  /** Certificates that it was given (--cacert); those of the web's public authorities when absent. */
  readonly authorities?: readonly Certificate[] | undefined;
}

/** Why a certificate is not taken: the code and text of OpenSSL's X509_verify_cert_error_string. */
export interface TlsProblem {
  readonly code: number;
  readonly text: string;
  /** How deep in the chain. */
  readonly depth: number;
}

/** The end of a chain that a client looks at in vain: certificates that point at each other. */
const MAX_DEPTH = 10;

/** What is wrong with a server's chain for a client; undefined when nothing is. */
export function judgeChain(
  chain: readonly Certificate[],
  trust: TlsTrust,
  now: number,
): TlsProblem | undefined {
  const [leaf] = chain;
  if (leaf === undefined) return { code: 20, text: 'unable to get local issuer certificate', depth: 0 };
  return (
    unknownIssuer(chain, trust) ??
    outOfTime(chain, now) ??
    (isForHost(leaf, trust.host) ? undefined : { code: 62, text: 'hostname mismatch', depth: 0 })
  );
}

function unknownIssuer(chain: readonly Certificate[], { authorities }: TlsTrust): TlsProblem | undefined {
  let current = chain[0];
  for (let depth = 0; current !== undefined && depth < MAX_DEPTH; depth += 1) {
    const certificate: Certificate = current;
    if (authorities?.some(({ fingerprint }) => fingerprint === certificate.fingerprint)) return undefined;
    if (isSelfSigned(certificate))
      return depth === 0
        ? { code: 18, text: 'self-signed certificate', depth }
        : { code: 19, text: 'self-signed certificate in certificate chain', depth };
    const known = authorities?.map(({ subject }) => subject) ?? PUBLIC_AUTHORITIES;
    if (known.some((name) => sameName(name, certificate.issuer))) return undefined;
    current = chain.find((each) => sameName(each.subject, certificate.issuer));
  }
  return { code: 20, text: 'unable to get local issuer certificate', depth: 0 };
}

function outOfTime(chain: readonly Certificate[], now: number): TlsProblem | undefined {
  for (const [depth, { notBefore, notAfter }] of chain.entries()) {
    if (now < notBefore) return { code: 9, text: 'certificate is not yet valid', depth };
    if (now > notAfter) return { code: 10, text: 'certificate has expired', depth };
  }
  return undefined;
}
