type Annotations = Readonly<Record<string, string>> | undefined;

const PREFIX = 'service.beta.kubernetes.io/aws-load-balancer-';

/** The annotations that the AWS cloud provider reads, without their prefix (pkg/providers/v1/aws.go). */
export type AnnotationName =
  | 'type'
  | 'internal'
  | 'proxy-protocol'
  | 'access-log-emit-interval'
  | 'access-log-enabled'
  | 'access-log-s3-bucket-name'
  | 'access-log-s3-bucket-prefix'
  | 'connection-draining-enabled'
  | 'connection-draining-timeout'
  | 'connection-idle-timeout'
  | 'cross-zone-load-balancing-enabled'
  | 'extra-security-groups'
  | 'security-groups'
  | 'ssl-cert'
  | 'ssl-ports'
  | 'ssl-negotiation-policy'
  | 'backend-protocol'
  | 'additional-resource-tags'
  | 'healthcheck-protocol'
  | 'healthcheck-port'
  | 'healthcheck-path'
  | 'healthcheck-healthy-threshold'
  | 'healthcheck-unhealthy-threshold'
  | 'healthcheck-timeout'
  | 'healthcheck-interval'
  | 'target-group-attributes'
  | 'target-node-labels';

/** The provider refuses: the text becomes part of the event SyncLoadBalancerFailed. */
export class CloudRefusal extends Error {
  override name = 'CloudRefusal';
}

/** The full name of an annotation. */
export function annotationKey(name: AnnotationName): string {
  return PREFIX + name;
}

/** An annotation's text; undefined where it is not set. */
export function annotation(annotations: Annotations, name: AnnotationName): string | undefined {
  return annotations?.[annotationKey(name)];
}

const TRUE = ['1', 't', 'T', 'TRUE', 'true', 'True'];
const FALSE = ['0', 'f', 'F', 'FALSE', 'false', 'False'];

function unparsable(name: AnnotationName, text: string): CloudRefusal {
  return new CloudRefusal(`error parsing service annotation: ${annotationKey(name)}=${text}`);
}

/** An annotation as strconv.ParseBool reads it; `otherwise` when it is not set or empty. */
export function booleanAt(annotations: Annotations, name: AnnotationName, otherwise: boolean): boolean {
  const text = annotation(annotations, name) ?? '';
  if (text === '') return otherwise;
  if (TRUE.includes(text)) return true;
  if (FALSE.includes(text)) return false;
  throw unparsable(name, text);
}

/** An annotation as a whole number; undefined when it is not set or empty. */
export function numberAt(annotations: Annotations, name: AnnotationName): number | undefined {
  const text = annotation(annotations, name) ?? '';
  if (text === '') return undefined;
  if (!isInteger(text)) throw unparsable(name, text);
  return Number(text);
}

/** Whether strconv.ParseInt reads a text. */
export function isInteger(text: string): boolean {
  return /^[+-]?\d+$/.test(text);
}

/** "a, b,c" as a list. */
export function listAt(annotations: Annotations, name: AnnotationName): readonly string[] {
  return (annotation(annotations, name) ?? '')
    .split(',')
    .map((each) => each.trim())
    .filter((each) => each !== '');
}

/** "Key1=Val,Key2=,Key3" as a map (getKeyValuePropertiesFromAnnotation). */
export function pairsAt(annotations: Annotations, name: AnnotationName): Readonly<Record<string, string>> {
  const text = annotation(annotations, name);
  if (text === undefined) return {};
  const pairs = text
    .trim()
    .split(',')
    .map((pair): [string, string] => {
      const [key = '', value = ''] = pair.trim().split('=');
      return [key, value];
    });
  return Object.fromEntries(pairs.filter(([key]) => key !== ''));
}

/** Whether the Service asks for a network load balancer. */
export function isNetwork(annotations: Annotations): boolean {
  return annotation(annotations, 'type') === 'nlb';
}

/** Whether the Service is for another controller (the AWS Load Balancer Controller), which is not installed here. */
export function isExternal(annotations: Annotations): boolean {
  const type = annotation(annotations, 'type');
  return type === 'nlb-ip' || type === 'external';
}
