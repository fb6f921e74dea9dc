export { type ManifestMessage, serveManifest } from './serve-manifest';
