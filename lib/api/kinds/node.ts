import type { Stored } from '../objects';
import type { FieldError } from '../status';
import type { Node } from '../types';
import { ageColumn, nameColumn, textColumn, wide } from './columns';
import { defineKind } from './define-kind';
import { schemaOf } from './schema';
import {
  cidrBlock,
  duplicate,
  forbiddenField,
  invalidEach,
  invalidValue,
  labelValue,
  notSupported,
  parseIp,
  qualifiedName,
  required,
  sameJson,
  validateAmount,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from './validation';

/** Node of core/v1. */
export const nodeKind = defineKind<Node>({
  group: '',
  version: 'v1',
  kind: 'Node',
  plural: 'nodes',
  shortNames: ['no'],
  namespaced: false,
  subresources: ['proxy', 'status'],
  schema: schemaOf('Node'),
  columns: [
    nameColumn(),
    textColumn('Status', 'The status of the node', nodeStatus),
    textColumn('Roles', 'The roles of the node', nodeRoles),
    ageColumn(),
    textColumn('Version', 'Kubelet version reported by the node.', ({ status }) => {
      return status?.nodeInfo?.kubeletVersion ?? '';
    }),
    wide(textColumn('Internal-IP', 'Address inside the cluster.', (node) => addressOf(node, 'InternalIP'))),
    wide(textColumn('External-IP', 'Address from outside.', (node) => addressOf(node, 'ExternalIP'))),
    wide(
      textColumn('OS-Image', 'OS image reported by the node.', ({ status }) =>
        known(status?.nodeInfo?.osImage),
      ),
    ),
    wide(
      textColumn('Kernel-Version', 'Kernel version reported by the node.', ({ status }) => {
        return known(status?.nodeInfo?.kernelVersion);
      }),
    ),
    wide(
      textColumn('Container-Runtime', 'Container runtime reported by the node.', ({ status }) => {
        return known(status?.nodeInfo?.containerRuntimeVersion);
      }),
    ),
  ],
  selectableFields: { 'spec.unschedulable': ({ spec }) => String(spec?.unschedulable ?? false) },
  setDefaults: (node) => {
    const { capacity, allocatable } = node.status ?? {};
    if (!capacity || allocatable) return node;
    return { ...node, status: { ...node.status, allocatable: capacity } };
  },
  prepareForUpdate: (next, previous) => ({
    ...next,
    ...(previous.status ? { status: previous.status } : {}),
  }),
  prepareForStatusUpdate: (next, previous) => ({
    ...next,
    ...(previous.spec ? { spec: previous.spec } : {}),
  }),
  validate: validateNode,
});

const known = (text: string | undefined): string => text || '<unknown>';

function nodeStatus({ spec, status }: Node): string {
  const ready = (status?.conditions ?? []).findLast(({ type }) => type === 'Ready');
  const parts = [ready ? (ready.status === 'True' ? 'Ready' : 'NotReady') : 'Unknown'];
  if (spec?.unschedulable) parts.push('SchedulingDisabled');
  return parts.join(',');
}

const ROLE_PREFIX = 'node-role.kubernetes.io/';

function nodeRoles({ metadata }: Node): string {
  const roles = Object.entries(metadata.labels ?? {}).flatMap(([key, value]) => {
    if (key.startsWith(ROLE_PREFIX)) return key.slice(ROLE_PREFIX.length) || [];
    return key === 'kubernetes.io/role' && value !== '' ? value : [];
  });
  return [...new Set(roles)].sort().join(',') || '<none>';
}

const addressOf = ({ status }: Node, wanted: string): string =>
  (status?.addresses ?? []).find(({ type }) => type === wanted)?.address ?? '<none>';

function validatePodBlocks(blocks: readonly string[]): FieldError[] {
  const errors = blocks.flatMap((each, index) =>
    invalidEach(`spec.podCIDRs[${index}]`, each, cidrBlock(each)),
  );
  const families = blocks.map((each) => parseIp(each.split('/')[0] ?? '')?.family);
  const isDual = new Set(families).size === blocks.length;
  return errors.length > 0 || isDual
    ? errors
    : [invalidValue('spec.podCIDRs', blocks, 'may specify no more than one CIDR for each IP family')];
}

function validateNode(node: Node, previous?: Stored<Node>): FieldError[] {
  const taints = validateTaints(node.spec?.taints ?? []);
  const resources = validateResources(node);
  const { podCIDRs = [] } = node.spec ?? {};
  if (!previous) {
    return [
      ...validateObjectMeta(node.metadata, { namespaced: false }),
      ...taints,
      ...resources,
      ...validatePodBlocks(podCIDRs),
    ];
  }
  const errors = [...validateObjectMetaUpdate(node.metadata, previous.metadata), ...resources];
  errors.push(...validateAddresses(node));
  const [spec, before] = [node.spec ?? {}, previous.spec ?? {}];
  if (before.podCIDRs?.length && !sameJson(spec.podCIDRs, before.podCIDRs)) {
    errors.push(
      forbiddenField('spec.podCIDRs', 'node updates may not change podCIDR except from "" to valid'),
    );
  }
  if (before.providerID && spec.providerID !== before.providerID) {
    errors.push(
      forbiddenField('spec.providerID', 'node updates may not change providerID except from "" to valid'),
    );
  }
  return [...errors, ...taints];
}

function validateResources({ status }: Node): FieldError[] {
  return (['capacity', 'allocatable'] as const).flatMap((field) =>
    Object.entries(status?.[field] ?? {}).flatMap(([name, amount]) =>
      validateAmount(name, amount, `status.${field}.${name}`),
    ),
  );
}

function validateAddresses({ status }: Node): FieldError[] {
  const seen = new Set<string>();
  return (status?.addresses ?? []).flatMap(({ type, address }, index) => {
    // The internal type has no JSON names of its own.
    const text = JSON.stringify({ Type: type, Address: address });
    if (!seen.has(text)) {
      seen.add(text);
      return [];
    }
    return [{ ...duplicate(`status.addresses[${index}]`, address), badValue: text }];
  });
}

const EFFECTS = ['NoSchedule', 'PreferNoSchedule', 'NoExecute'];
type Taint = NonNullable<NonNullable<Node['spec']>['taints']>[number];

function validateTaints(taints: readonly Taint[]): FieldError[] {
  const seen = new Set<string>();
  return taints.flatMap(({ key, value = '', effect, timeAdded }, index) => {
    // Upstream looks for them in the wrong place.
    const path = `metadata.taints[${index}]`;
    const wrong = labelValue(value);
    const errors = [
      ...invalidEach(`${path}.key`, key ?? '', qualifiedName(key ?? '')),
      ...(wrong.length > 0 ? [invalidValue(`${path}.value`, value, wrong.join(';'))] : []),
      ...validateEffect(effect, `${path}.effect`),
    ];
    if (seen.has(`${key} ${effect}`)) {
      const taint = JSON.stringify({ Key: key, Value: value, Effect: effect, TimeAdded: timeAdded ?? null });
      errors.push({
        ...duplicate(path, key),
        badValue: taint,
        detail: 'taints must be unique by key and effect pair',
      });
    }
    seen.add(`${key} ${effect}`);
    return errors;
  });
}

function validateEffect(effect: string | undefined, field: string): FieldError[] {
  if (!effect) return [required(field)];
  return EFFECTS.includes(effect) ? [] : [notSupported(field, effect, EFFECTS)];
}
