import {
  type Deployment,
  type EndpointSlice,
  type Endpoints,
  matchesLabels,
  type Pod,
  type ReplicaSet,
  type Service,
  type Stored,
  selectorFromMap,
  type View,
} from '../../api';
import { NAMESPACE } from './refs';
import { isReady } from './verbs';

const SLICE_SERVICE = 'kubernetes.io/service-name';
const SLICE_MANAGER = 'endpointslice.kubernetes.io/managed-by';
const SLICE_CONTROLLER = 'endpointslice-controller.k8s.io';

/** What is wrong with the objects of a cluster that should have come to rest; one sentence each. */
export function objectProblems(view: View): readonly string[] {
  return [
    ...ownerProblems(view),
    ...podProblems(view),
    ...view.list<Deployment>('deployments.apps', NAMESPACE).flatMap(deploymentProblems),
    ...duplicates('Pod IP', podAddresses(view)),
    ...duplicates('cluster IP', clusterAddresses(view)),
    ...duplicates('node port', nodePorts(view)),
    ...servicesWithSelector(view).flatMap((service) => endpointProblems(view, service)),
    ...sliceProblems(view),
  ];
}

/** Services whose endpoints the controllers look after. */
export function servicesWithSelector(view: View): readonly Stored<Service>[] {
  return view
    .list<Service>('services', NAMESPACE)
    .filter(({ spec }) => spec?.selector !== undefined && spec.type !== 'ExternalName');
}

/** The Pods that a Service's requests may reach. */
export function readyPods(view: View, service: Service): readonly Stored<Pod>[] {
  return view
    .list<Pod>('pods', NAMESPACE)
    .filter((pod) => matchesLabels(selectorFromMap(service.spec?.selector), pod.metadata.labels))
    .filter((pod) => isReady(pod) && pod.metadata.deletionTimestamp === undefined);
}

function ownerProblems(view: View): readonly string[] {
  const uids = new Set(
    ['deployments.apps', 'replicasets.apps', 'services', 'endpoints', 'daemonsets.apps', 'nodes'].flatMap(
      (resource) => view.list(resource, '').map(({ metadata }) => metadata.uid),
    ),
  );
  return ['pods', 'replicasets.apps', 'endpointslices.discovery.k8s.io'].flatMap((resource) =>
    view
      .list(resource, NAMESPACE)
      .flatMap(({ metadata }) =>
        (metadata.ownerReferences ?? [])
          .filter(({ uid }) => !uids.has(uid))
          .map(({ kind, name }) => `${resource} ${metadata.name} belongs to ${kind} ${name}, which is gone`),
      ),
  );
}

function podProblems(view: View): readonly string[] {
  return [NAMESPACE, 'kube-system']
    .flatMap((namespace) => view.list<Pod>('pods', namespace))
    .flatMap((pod) => {
      if (pod.metadata.deletionTimestamp !== undefined) return [`pod ${pod.metadata.name} is still ending`];
      return isReady(pod) ? [] : [`pod ${pod.metadata.name} is not ready (${pod.status?.phase})`];
    });
}

function deploymentProblems({ metadata, spec, status }: Deployment): readonly string[] {
  const wanted = spec?.replicas ?? 1;
  const { replicas = 0, readyReplicas = 0, updatedReplicas = 0, availableReplicas = 0 } = status ?? {};
  const counts = [replicas, readyReplicas, updatedReplicas, availableReplicas];
  const problems = counts.every((count) => count === wanted)
    ? []
    : [
        `deployment ${metadata.name} wants ${wanted} and has ${counts.join('/')} there/ready/updated/available`,
      ];
  return status?.observedGeneration === metadata.generation
    ? problems
    : [...problems, `deployment ${metadata.name} was not looked at since it changed`];
}

function endpointProblems(view: View, service: Stored<Service>): readonly string[] {
  const { name } = service.metadata;
  const expected = readyPods(view, service)
    .map((pod) => pod.status?.podIP ?? '')
    .toSorted();
  const slices = view
    .list<EndpointSlice>('endpointslices.discovery.k8s.io', NAMESPACE)
    .filter(({ metadata }) => metadata.labels?.[SLICE_SERVICE] === name)
    .filter(({ metadata }) => metadata.labels?.[SLICE_MANAGER] === SLICE_CONTROLLER);
  const sliced = slices
    .flatMap(({ endpoints }) => endpoints ?? [])
    .filter(({ conditions }) => conditions?.ready !== false)
    .flatMap(({ addresses }) => addresses)
    .toSorted();
  const listed = (view.get<Endpoints>('endpoints', NAMESPACE, name)?.subsets ?? [])
    .flatMap(({ addresses }) => addresses ?? [])
    .map(({ ip }) => ip)
    .toSorted();
  return [
    ...(slices.length === 1 ? [] : [`service ${name} has ${slices.length} slices`]),
    ...differ(`slices of ${name}`, sliced, expected),
    ...differ(`endpoints of ${name}`, listed, expected),
  ];
}

function differ(what: string, is: readonly string[], expected: readonly string[]): readonly string[] {
  return is.join() === expected.join() ? [] : [`${what}: [${is.join()}], ready Pods: [${expected.join()}]`];
}

/** No slice of the controller's outlives its Service. */
function sliceProblems(view: View): readonly string[] {
  return view
    .list<EndpointSlice>('endpointslices.discovery.k8s.io', NAMESPACE)
    .filter(({ metadata }) => metadata.labels?.[SLICE_MANAGER] === SLICE_CONTROLLER)
    .filter(({ metadata }) => !view.get('services', NAMESPACE, metadata.labels?.[SLICE_SERVICE] ?? ''))
    .map(({ metadata }) => `slice ${metadata.name} has no Service`);
}

const podAddresses = (view: View): readonly string[] =>
  view
    .list<Pod>('pods', '')
    .filter(({ spec, status }) => spec?.hostNetwork !== true && status?.phase === 'Running')
    .map(({ status }) => status?.podIP ?? '');

const clusterAddresses = (view: View): readonly string[] =>
  view
    .list<Service>('services', '')
    .map(({ spec }) => spec?.clusterIP ?? 'None')
    .filter((ip) => ip !== 'None' && ip !== '');

const nodePorts = (view: View): readonly string[] =>
  view
    .list<Service>('services', '')
    .flatMap(({ spec }) => spec?.ports ?? [])
    .flatMap(({ nodePort, protocol }) => (nodePort ? [`${nodePort}/${protocol}`] : []));

function duplicates(what: string, values: readonly string[]): readonly string[] {
  const twice = values.filter((value, index) => values.indexOf(value) !== index);
  return twice.map((value) => `${what} ${value} is used twice`);
}

/** Which ReplicaSets run Pods, for the log of a failure. */
export function describeSets(view: View): string {
  return view
    .list<ReplicaSet>('replicasets.apps', NAMESPACE)
    .map(({ metadata, spec, status }) => `${metadata.name} ${status?.readyReplicas ?? 0}/${spec?.replicas}`)
    .join(', ');
}
