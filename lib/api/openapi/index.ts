export { type OpenApiDocument, openApiIndex, openApiUrl, openApiV2, openApiV3 } from './documents';
