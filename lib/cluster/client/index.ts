export { createClient } from './client';
export type { ClientPorts, ExecPort, ExecTarget, LogPort, VersionInfo } from './ports';
