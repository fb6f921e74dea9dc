/** Where a request goes. */
export interface Target {
  readonly host: string;
  readonly port: number;
  readonly path: string;
}

const TARGET = /^(?:http:\/\/)?([A-Za-z0-9](?:[A-Za-z0-9._-]*[A-Za-z0-9.])?)(?::(\d{1,5}))?(\/\S*)?$/;
const HTTP_PORT = 80;
const HIGHEST_PORT = 65_535;

/** Reads "web", "web:8080/health" or "http://10.96.0.1"; or says what is wrong with it. */
export function parseTarget(text: string): Target | { readonly problem: string } {
  const trimmed = text.trim();
  if (trimmed === '') return { problem: 'Say where the request goes: a name or an address, as in web:80.' };
  if (/^https:/i.test(trimmed))
    return { problem: 'Only plain HTTP is drawn; curl -k in the terminal speaks TLS.' };
  const found = TARGET.exec(trimmed);
  if (!found?.[1])
    return { problem: 'That is no name or address: write it as in web:80 or 10.96.0.10:80/path.' };
  const port = found[2] === undefined ? HTTP_PORT : Number(found[2]);
  if (port < 1 || port > HIGHEST_PORT) return { problem: `Ports run from 1 to ${HIGHEST_PORT}.` };
  return { host: found[1], port, path: found[3] ?? '/' };
}
