export type { Resolve } from './reply-to';
export { type DnsServer, serveDns } from './serve-dns';
