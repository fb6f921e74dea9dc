import type { TlsOffer, TlsSession } from '../network';
import { judgeChain, type TlsProblem } from './judge-chain';
import { certificatesIn } from './read-certificate';

/** What servers and clients of today agree on. */
const VERSION = 'TLSv1.3';
const CIPHER = 'TLS_AES_256_GCM_SHA384';

/** A TLS handshake: what both ends agree on, and why the client hangs up, if it does. */
export function greet(
  offer: TlsOffer,
  server: { readonly chain: string; readonly alpn?: readonly string[] | undefined },
  now: number,
): { readonly session: TlsSession; readonly problem: TlsProblem | undefined } {
  const alpn = server.alpn?.find((protocol) => offer.alpn?.includes(protocol));
  const session = {
    version: VERSION,
    cipher: CIPHER,
    chain: server.chain,
    ...(alpn === undefined ? {} : { alpn }),
  };
  const problem =
    offer.trust === undefined ? undefined : judgeChain(certificatesIn(server.chain), offer.trust, now);
  return { session, problem };
}
