export type { MessageSocket } from './channels/message-socket';

export { readCredentials } from './credentials';
export { createHandler, createUpgradeHandler } from './handler';
export { createHttpClient } from './http-client';
