export { documentInfo, flattenDocument, validationFailure } from './check-document';
export {
  fileFailure,
  type ManifestDocument,
  type Manifests,
  parseDocuments,
  readAll,
  readManifests,
  splitDocuments,
} from './read-manifests';
