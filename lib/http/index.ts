export type { MessageSocket } from './channels/message-socket';
export type { Upgrade } from './channels/upgrade';
export { readCredentials } from './credentials';
export { createHandler, createUpgradeHandler } from './handler';
export { createHttpClient } from './http-client';
