import { badRequest, conflict, invalid, type KubeObject, type Pod, type Stored } from '../../../api';
import { formatTime } from '../../../base';
import { field, type Request } from '../context';
import { getObject } from '../read';
import { storeKey } from '../registry';
import { success } from './success';

/** POST pods/x/binding: gives a Pod its node, once (pod storage BindingREST). */
export function bindPod(
  request: Request,
  name: string,
  binding: KubeObject,
  dryRun: boolean | undefined,
): KubeObject {
  const node = field(binding, 'target', 'name');
  if (binding.kind !== 'Binding') throw badRequest(`no kind ${JSON.stringify(binding.kind)} is a Binding`);
  if (typeof node !== 'string' || node === '') {
    throw invalid('Binding', '', name, [{ type: 'Required', field: 'target.name', detail: '' }]);
  }
  const pod = getObject(request, name) as Stored<Pod>;
  const refuse = (why: string) => conflict('pods/binding', '', name, why);
  const uid = binding.metadata.uid;
  if (uid && uid !== pod.metadata.uid) {
    throw refuse(`Precondition failed: UID in precondition: ${uid}, UID in object meta: ${pod.metadata.uid}`);
  }
  if (pod.metadata.deletionTimestamp) {
    throw refuse(`pod ${name} is being deleted, cannot be assigned to a host`);
  }
  const nodeName = pod.spec?.nodeName ?? '';
  if (nodeName !== '') throw refuse(`pod ${name} is already assigned to node ${JSON.stringify(nodeName)}`);
  const { store, clock } = request.context;
  const bound = boundPod(pod, binding, node, formatTime(clock.now()));
  if (!dryRun) store.put(storeKey(request.kind, request.namespace, name), bound);
  return success();
}

function boundPod(pod: Stored<Pod>, binding: KubeObject, nodeName: string, now: string): Pod {
  const scheduled = { type: 'PodScheduled', status: 'True', lastProbeTime: null, lastTransitionTime: now };
  const others = (pod.status?.conditions ?? []).filter((each) => each.type !== 'PodScheduled');
  const annotations = { ...pod.metadata.annotations, ...binding.metadata.annotations };
  const metadata = Object.keys(annotations).length > 0 ? { ...pod.metadata, annotations } : pod.metadata;
  return {
    ...pod,
    metadata,
    spec: { ...pod.spec, nodeName },
    status: { ...pod.status, conditions: [...others, scheduled] },
  } as unknown as Pod;
}
