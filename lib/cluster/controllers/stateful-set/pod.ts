import type { ControllerRevision, Pod, PodTemplateSpec, StatefulSet, Stored, View } from '../../../api';
import { controllerRef } from '../owners';
import { REVISION_HASH } from '../revisions';
import { isBelowPartition } from './ordinals';

const POD_NAME = 'statefulset.kubernetes.io/pod-name';
const POD_INDEX = 'apps.kubernetes.io/pod-index';

/** The Pod of one number: below the partition as the revision that is current has it, else as the newest. */
export function podFor(view: View, set: Stored<StatefulSet>, ordinal: number, update: string): Pod {
  const current = set.status?.currentRevision ?? update;
  const revision = isBelowPartition(set, ordinal) ? current : update;
  const template =
    revision === update ? set.spec?.template : (templateOf(view, set, revision) ?? set.spec?.template);
  const name = `${set.metadata.name}-${ordinal}`;
  const volumes = volumesOf(set, template, name);
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      ...template?.metadata,
      name,
      generateName: `${set.metadata.name}-`,
      namespace: set.metadata.namespace,
      labels: {
        ...template?.metadata?.labels,
        [POD_INDEX]: String(ordinal),
        [REVISION_HASH]: revision,
        [POD_NAME]: name,
      },
      ownerReferences: [controllerRef(set)],
    },
    spec: {
      ...template?.spec,
      hostname: name,
      subdomain: set.spec?.serviceName ?? '',
      ...(volumes.length > 0 ? { volumes } : {}),
    },
  } as Pod;
}

/** The template that a revision keeps. */
function templateOf(view: View, set: Stored, revision: string): PodTemplateSpec | undefined {
  const found = view.get<ControllerRevision>(
    'controllerrevisions.apps',
    set.metadata.namespace ?? '',
    revision,
  );
  const data = found?.data as { readonly spec?: { readonly template?: PodTemplateSpec } } | undefined;
  if (data?.spec?.template === undefined) return undefined;
  const { $patch: _, ...template } = data.spec.template as PodTemplateSpec & { readonly $patch?: string };
  return template;
}

function volumesOf(set: StatefulSet, template: PodTemplateSpec | undefined, pod: string): readonly object[] {
  const claimed = (set.spec?.volumeClaimTemplates ?? []).map(({ metadata }) => ({
    name: metadata?.name ?? '',
    persistentVolumeClaim: { claimName: `${metadata?.name ?? ''}-${pod}` },
  }));
  const others = (template?.spec?.volumes ?? []).filter(
    (volume) => !claimed.some((each) => each.name === volume.name),
  );
  return [...claimed, ...others];
}
