export { splitDocuments } from './manifests';
export { completeKubectl, runKubectl } from './root';

export { LAST_APPLIED } from './verbs/last-applied';
export { maskSecrets } from './verbs/mask-secrets';
