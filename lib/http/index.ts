export { createHandler } from './handler';
export { createHttpClient } from './http-client';
