import type { KubeObject, Status } from '../../../api';

/** A Status that says yes, for verbs that have no object to show. */
export function success(): KubeObject {
  const status: Status = {
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Success',
    code: 201,
  };
  return status as unknown as KubeObject;
}
