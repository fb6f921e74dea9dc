export { type Authenticate, createHandler } from './handler';
export { createHttpClient, type HttpClientOptions } from './http-client';
