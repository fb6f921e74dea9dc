export type { ServerApi } from './api';
export { type ApiServer, type ApiServerOptions, createApiServer } from './api-server';
export { APISERVER } from './kubernetes-service';
export type { NetworkOptions } from './service';
export { createView } from './view';
