import { base32, sha256, utf8Bytes } from '../../../base';

/** The names that kube-proxy gives the chains of one service port. */
export interface ChainNames {
  readonly cluster: string;
  readonly local: string;
  readonly external: string;
  readonly firewall: string;
}

const HASH_LENGTH = 16;

/** Hashes by what was hashed: a pure function's memory, the same for every cluster. */
const hashes = new Map<string, string>();
/** Hashes remembered before the memory is emptied. */
const MAX_HASHES = 20_000;

function chainHash(text: string): string {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  if (hashes.size >= MAX_HASHES) hashes.clear();
  const hash = base32(sha256(utf8Bytes(text))).slice(0, HASH_LENGTH);
  hashes.set(text, hash);
  return hash;
}

/** The chains of a service port such as "default/web:http". */
export function chainNames(portName: string, protocol: string): ChainNames {
  const hash = chainHash(portName + protocol.toLowerCase());
  return {
    cluster: `KUBE-SVC-${hash}`,
    local: `KUBE-SVL-${hash}`,
    external: `KUBE-EXT-${hash}`,
    firewall: `KUBE-FW-${hash}`,
  };
}

/** The chain of one endpoint ("10.244.1.2:80") of a service port. */
export function endpointChain(portName: string, protocol: string, endpoint: string): string {
  return `KUBE-SEP-${chainHash(portName + protocol.toLowerCase() + endpoint)}`;
}
