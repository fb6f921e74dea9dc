import {
  type HorizontalPodAutoscaler,
  type KubeObject,
  type LabelSelector,
  type ResourceRef,
  resourceKey,
  type Stored,
  selectorFromLabelSelector,
  storedKinds,
  type View,
} from '../../../api';
import { selectorText } from '../../server';

/** What an autoscaler scales, as its scale subresource shows it. */
export interface Target {
  readonly ref: ResourceRef;
  readonly object: Stored<Scalable>;
  readonly replicas: number;
  readonly selector: LabelSelector;
  /** The selector as `-l` would spell it; '' when there is none. */
  readonly selectorText: string;
}

interface Scalable extends KubeObject {
  readonly spec?: {
    readonly replicas?: number;
    readonly selector?: Parameters<typeof selectorFromLabelSelector>[0];
  };
}

type Reference = NonNullable<HorizontalPodAutoscaler['spec']>['scaleTargetRef'];

/** The target of a reference, or why it has no scale. */
export function findTarget(
  view: View,
  namespace: string,
  { apiVersion = '', kind, name }: Reference,
): Target | { readonly failure: string } {
  const parts = apiVersion.split('/');
  if (parts.length > 2) return { failure: `unexpected GroupVersion string: ${apiVersion}` };
  const group = parts.length === 2 ? (parts[0] ?? '') : '';
  const spec = storedKinds.find((each) => each.group === group && each.kind === kind);
  if (!spec)
    return { failure: `no matches for kind ${JSON.stringify(kind)} in group ${JSON.stringify(group)}` };
  if (!spec.subresources.includes('scale')) {
    return { failure: 'the server could not find the requested resource' };
  }
  const object = view.get<Scalable>(resourceKey(spec), namespace, name);
  if (!object) return { failure: `${resourceKey(spec)} ${JSON.stringify(name)} not found` };
  return {
    ref: { group, version: spec.version, resource: spec.plural },
    object,
    replicas: object.spec?.replicas ?? 0,
    selector: selectorFromLabelSelector(object.spec?.selector ?? {}),
    selectorText: selectorText(object),
  };
}
