import { goQuote } from '../../api';
import { type Random, randomUuid } from '../../base';
import { ACCOUNT_ID, CLASSIC_QUOTA, NETWORK_QUOTA } from './account';
import { CloudRefusal } from './annotations';
import type { Desired } from './desired';
import { arnHash, dnsNameOf, newFaces, securityGroupId } from './names';
import { type Balancer, type Book, keepBalancer } from './state';
import { classicGroup, networkGroups } from './target-groups';

/** From a balancer's making until it takes traffic and the world knows its name. */
const ACTIVE_MIN_MS = 45_000;
const ACTIVE_SPREAD_MS = 30_000;

/** When and with what chance something is asked of AWS. */
export interface Asking {
  readonly now: number;
  readonly random: Random;
}

/** Makes a balancer, or brings the one of that name up to date; AWS's refusals are `CloudRefusal`s. */
export function ensureBalancer(
  book: Book,
  desired: Desired,
  instances: readonly string[],
  asking: Asking,
): Balancer {
  const existing = book.state.balancers[desired.name];
  const known = existing?.kind === desired.kind ? existing : undefined;
  checkCertificates(desired, asking);
  const base = known ?? newBalancer(Object.values(book.state.balancers), desired, asking);
  const next = upToDate(base, desired, instances, asking);
  keepBalancer(book, next);
  return next;
}

function newBalancer(others: readonly Balancer[], desired: Desired, asking: Asking): Balancer {
  const { name, kind, scheme, service, sourceRanges, tags, attributes } = desired;
  checkQuota(others, kind, asking);
  const { now, random } = asking;
  const hash = arnHash(random);
  const own = kind === 'classic' && desired.givenGroups.length === 0 ? securityGroupId(random) : undefined;
  return {
    name,
    kind,
    scheme,
    service,
    hash,
    dnsName: dnsNameOf({ name, kind, scheme, hash }, random),
    createdAt: now,
    activeAt: now + ACTIVE_MIN_MS + Math.floor(random.next() * ACTIVE_SPREAD_MS),
    faces: newFaces(scheme, others, random),
    listeners: [],
    groups: [],
    attributes,
    securityGroups: [],
    ...(own === undefined ? {} : { ownGroup: own }),
    sourceRanges,
    tags,
    turn: 0,
  };
}

function upToDate(
  balancer: Balancer,
  desired: Desired,
  instances: readonly string[],
  asking: Asking,
): Balancer {
  const groups =
    balancer.kind === 'classic'
      ? [classicGroup(balancer.groups[0], desired, instances, asking)]
      : networkGroups(balancer.groups, desired, instances, asking);
  const listeners = desired.mappings.map((mapping, index) => {
    const same = balancer.listeners.find(
      ({ port, protocol }) => port === mapping.port && protocol === mapping.protocol,
    );
    const group = balancer.kind === 'classic' ? '' : (groups[index]?.name ?? '');
    return { ...mapping, group, hash: same?.hash ?? arnHash(asking.random) };
  });
  const own = balancer.ownGroup;
  const given = desired.givenGroups.length > 0 || own === undefined ? desired.givenGroups : [own];
  return {
    ...balancer,
    groups,
    listeners,
    attributes: desired.attributes,
    securityGroups: [...given, ...desired.extraGroups],
    sourceRanges: desired.sourceRanges,
    tags: desired.tags,
  };
}

/** An answer of AWS as its SDK for Go tells it. */
function apiError(service: string, operation: string, error: string, { random }: Asking): string {
  return `operation error ${service}: ${operation}, https response error StatusCode: 400, RequestID: ${randomUuid(random)}, ${error}`;
}

function checkQuota(others: readonly Balancer[], kind: Balancer['kind'], asking: Asking): void {
  const count = others.filter((each) => each.kind === kind).length;
  const create = (service: string, code: string): string =>
    apiError(service, 'CreateLoadBalancer', `${code}: Exceeded quota of account ${ACCOUNT_ID}`, asking);
  if (kind === 'classic' && count >= CLASSIC_QUOTA)
    throw new CloudRefusal(create('Elastic Load Balancing', 'TooManyAccessPointsException'));
  if (kind === 'network' && count >= NETWORK_QUOTA)
    throw new CloudRefusal(
      `error creating load balancer: ${goQuote(create('Elastic Load Balancing v2', 'TooManyLoadBalancersException'))}`,
    );
}

/** ACM's and IAM's names of certificates; those of the account are taken to exist. */
const CERTIFICATE =
  /^arn:aws:(acm:[a-z0-9-]+:\d{12}:certificate\/[0-9a-f-]{36}|iam::\d{12}:server-certificate\/[\w+=,.@/-]+)$/;

function checkCertificates({ kind, mappings }: Desired, asking: Asking): void {
  for (const { certificate } of mappings) {
    if (certificate === undefined || CERTIFICATE.test(certificate)) continue;
    if (kind === 'classic')
      throw new CloudRefusal(
        apiError(
          'Elastic Load Balancing',
          'CreateLoadBalancer',
          `CertificateNotFoundException: Server Certificate not found for the key: ${certificate}`,
          asking,
        ),
      );
    const inner = apiError(
      'Elastic Load Balancing v2',
      'CreateListener',
      `api error ValidationError: Certificate ARN '${certificate}' is not valid`,
      asking,
    );
    throw new CloudRefusal(
      `error creating listener: ${goQuote(`error creating load balancer listener: ${goQuote(inner)}`)}`,
    );
  }
}
