export { documentInfo, flattenDocument, validationFailure } from './check-document';
export {
  fileFailure,
  type ManifestDocument,
  type Manifests,
  parseDocuments,
  readAll,
  readManifests,
} from './read-manifests';
