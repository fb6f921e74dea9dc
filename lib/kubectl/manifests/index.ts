export { documentInfo, flattenDocument, validationFailure } from './check-document';
export { fileFailure, type ManifestDocument, parseDocuments, readAll, readManifests } from './read-manifests';
