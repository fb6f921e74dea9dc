export { documentInfo, flattenDocument, validationFailure } from './check-document';
export {
  type Manifests,
  parseDocuments,
  readManifests,
  splitDocuments,
} from './read-manifests';
