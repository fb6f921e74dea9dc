import type { Stored } from '../../objects';
import type { FieldError } from '../../status';
import type { NetworkPolicy } from '../../types';
import { ageColumn, formatLabelSelector, nameColumn, textColumn } from '../columns';
import { defineKind } from '../define-kind';
import { schemaOf } from '../schema';
import {
  cidrBlock,
  cidrWarnings,
  forbiddenField,
  invalidEach,
  invalidValue,
  isStrictlyWithin,
  notSupported,
  portName,
  portNumber,
  required,
  validateLabelSelector,
  validateObjectMeta,
  validateObjectMetaUpdate,
} from '../validation';

type Spec = NonNullable<NetworkPolicy['spec']>;
type Peer = NonNullable<NonNullable<Spec['ingress']>[number]['from']>[number];
type Port = NonNullable<NonNullable<Spec['ingress']>[number]['ports']>[number];

/** NetworkPolicy of networking.k8s.io/v1. */
export const networkPolicyKind = defineKind<NetworkPolicy>({
  group: 'networking.k8s.io',
  version: 'v1',
  kind: 'NetworkPolicy',
  plural: 'networkpolicies',
  shortNames: ['netpol'],
  hasGeneration: true,
  schema: schemaOf('NetworkPolicy'),
  columns: [
    nameColumn(),
    textColumn('Pod-Selector', 'The Pods that it isolates.', ({ spec }) =>
      formatLabelSelector(spec?.podSelector),
    ),
    ageColumn(),
  ],
  setDefaults: (policy) => ({ ...policy, spec: setSpecDefaults(policy.spec) }),
  validate: validatePolicy,
  warnings: policyWarnings,
});

/** Ingress is always meant; egress when it is spoken of. Ports are TCP unless said otherwise. */
function setSpecDefaults(given: NetworkPolicy['spec']): Spec {
  const spec: Spec = { ...given, podSelector: given?.podSelector ?? {} };
  const ports = (list: readonly Port[]): readonly Port[] =>
    list.map((port) => ({ ...port, protocol: port.protocol || 'TCP' }));
  return {
    ...spec,
    policyTypes: spec.policyTypes ?? (spec.egress?.length ? ['Ingress', 'Egress'] : ['Ingress']),
    ...(spec.ingress
      ? { ingress: spec.ingress.map((rule) => (rule.ports ? { ...rule, ports: ports(rule.ports) } : rule)) }
      : {}),
    ...(spec.egress
      ? { egress: spec.egress.map((rule) => (rule.ports ? { ...rule, ports: ports(rule.ports) } : rule)) }
      : {}),
  };
}

/** networkPolicyWarnings: blocks that may not mean what they say. */
function policyWarnings({ spec }: NetworkPolicy): readonly string[] {
  const ofPeers = (peers: readonly Peer[], field: string): readonly string[] =>
    peers.flatMap(({ ipBlock }, index) => {
      if (!ipBlock) return [];
      const at = `${field}[${index}].ipBlock`;
      return [
        ...cidrWarnings(`${at}.cidr`, ipBlock.cidr),
        ...(ipBlock.except ?? []).flatMap((block, each) => cidrWarnings(`${at}.except[${each}]`, block)),
      ];
    });
  return [
    ...(spec?.ingress ?? []).flatMap(({ from = [] }, index) => ofPeers(from, `spec.ingress[${index}].from`)),
    ...(spec?.egress ?? []).flatMap(({ to = [] }, index) => ofPeers(to, `spec.egress[${index}].to`)),
  ];
}

const TYPES = ['Ingress', 'Egress'];
const PROTOCOLS = ['SCTP', 'TCP', 'UDP'];

function validatePolicy(policy: NetworkPolicy, previous?: Stored<NetworkPolicy>): FieldError[] {
  const meta = previous
    ? validateObjectMetaUpdate(policy.metadata, previous.metadata)
    : validateObjectMeta(policy.metadata, { namespaced: true });
  const { spec } = policy;
  if (!spec) return [...meta, required('spec')];
  const types = spec.policyTypes ?? [];
  return [
    ...meta,
    ...validateLabelSelector(spec.podSelector, 'spec.podSelector'),
    ...(spec.ingress ?? []).flatMap(({ ports = [], from = [] }, index) => [
      ...ports.flatMap((port, at) => validatePort(port, `spec.ingress[${index}].ports[${at}]`)),
      ...from.flatMap((peer, at) => validatePeer(peer, `spec.ingress[${index}].from[${at}]`)),
    ]),
    ...(spec.egress ?? []).flatMap(({ ports = [], to = [] }, index) => [
      ...ports.flatMap((port, at) => validatePort(port, `spec.egress[${index}].ports[${at}]`)),
      ...to.flatMap((peer, at) => validatePeer(peer, `spec.egress[${index}].to[${at}]`)),
    ]),
    ...(types.length > TYPES.length
      ? [invalidValue('spec.policyTypes', types, 'may not specify more than two policyTypes')]
      : types.flatMap((type, index) =>
          TYPES.includes(type) ? [] : [notSupported(`spec.policyTypes[${index}]`, type, TYPES)],
        )),
  ];
}

function validatePort({ port, protocol, endPort }: Port, field: string): FieldError[] {
  const errors: FieldError[] = [];
  if (protocol && !PROTOCOLS.includes(protocol)) {
    errors.push(notSupported(`${field}.protocol`, protocol, PROTOCOLS));
  }
  if (port !== undefined) {
    if (endPort !== undefined && typeof port === 'string') {
      const detail = 'may not be specified when `port` is non-numeric';
      errors.push(invalidValue(`${field}.endPort`, endPort, detail));
    }
    const wrong = typeof port === 'number' ? portNumber(port) : portName(port);
    errors.push(...invalidEach(`${field}.port`, port, wrong));
    if (endPort !== undefined && typeof port === 'number') {
      if (endPort < port)
        errors.push(invalidValue(`${field}.endPort`, port, 'must be greater than or equal to `port`'));
      errors.push(...invalidEach(`${field}.endPort`, endPort, portNumber(endPort)));
    }
  } else if (endPort !== undefined) {
    const detail = 'may not be specified when `port` is not specified';
    errors.push(invalidValue(`${field}.endPort`, endPort, detail));
  }
  return errors;
}

function validatePeer({ podSelector, namespaceSelector, ipBlock }: Peer, field: string): FieldError[] {
  const errors = [
    ...(podSelector ? validateLabelSelector(podSelector, `${field}.podSelector`) : []),
    ...(namespaceSelector ? validateLabelSelector(namespaceSelector, `${field}.namespaceSelector`) : []),
    ...(ipBlock ? validateBlock(ipBlock, `${field}.ipBlock`) : []),
  ];
  if (!podSelector && !namespaceSelector && !ipBlock) errors.push(required(field, 'must specify a peer'));
  if (ipBlock && (podSelector || namespaceSelector)) {
    errors.push(forbiddenField(field, 'may not specify both ipBlock and another peer'));
  }
  return errors;
}

/** ValidateIPBlock. */
function validateBlock({ cidr, except = [] }: NonNullable<Peer['ipBlock']>, field: string): FieldError[] {
  if (!cidr) return [required(`${field}.cidr`)];
  const wrong = cidrBlock(cidr);
  if (wrong.length > 0) return invalidEach(`${field}.cidr`, cidr, wrong);
  return except.flatMap((block, index) => {
    const at = `${field}.except[${index}]`;
    const errors = cidrBlock(block);
    if (errors.length > 0) return invalidEach(at, block, errors);
    return isStrictlyWithin(block, cidr)
      ? []
      : [invalidValue(at, block, 'must be a strict subset of `cidr`')];
  });
}
