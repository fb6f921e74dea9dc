export { createClient } from './client';
export type { ClientPorts, ExecTarget, LogPort } from './ports';
export { getRaw } from './raw';
