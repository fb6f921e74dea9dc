import type { KubeObject, OwnerReference, Stored } from '../../api';

/** The reference to the object's controller, if it has one. */
export function controllerOf(object: KubeObject): OwnerReference | undefined {
  return object.metadata.ownerReferences?.find((owner) => owner.controller === true);
}

/** Whether `owner` controls `object`. */
export function isControlledBy(object: KubeObject, owner: Stored): boolean {
  return controllerOf(object)?.uid === owner.metadata.uid;
}

/** metav1.NewControllerRef. */
export function controllerRef(owner: Stored): OwnerReference {
  return {
    apiVersion: owner.apiVersion,
    kind: owner.kind,
    name: owner.metadata.name,
    uid: owner.metadata.uid,
    controller: true,
    blockOwnerDeletion: true,
  };
}
