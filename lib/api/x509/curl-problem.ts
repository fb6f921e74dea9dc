import type { TlsProblem } from './judge-chain';

/** What curl says it has against a certificate. */
export function curlProblem({ code, text }: TlsProblem, host: string): string {
  if (code !== 62) return `SSL certificate problem: ${text}`;
  const kind = /^[\d.]+$/.test(host) ? 'ipv4 address' : 'host name';
  return `SSL: no alternative certificate subject name matches target ${kind} '${host}'`;
}

/** What follows where a certificate is the reason to fail. */
export const MORE_ABOUT_CERTIFICATES = `More details here: https://curl.se/docs/sslcerts.html

curl failed to verify the legitimacy of the server and therefore could not
establish a secure connection to it. To learn more about this situation and
how to fix it, please visit the webpage mentioned above.
`;
