import { goQuote, type Service } from '../../api';
import { annotation, CloudRefusal, pairsAt } from './annotations';

const PREFIX = 'error validating target group attributes';
const SUPPORTED = ['preserve_client_ip.enabled', 'proxy_protocol_v2.enabled'];

/** What may be said of target groups by annotation (validateServiceAnnotationTargetGroupAttributes). */
export function checkTargetGroupAttributes({ metadata, spec }: Service, network: boolean): void {
  const { annotations } = metadata;
  if (annotation(annotations, 'target-group-attributes') === undefined) return;
  if (!network) throw new CloudRefusal('target group attributes annotation is only supported for NLB');
  for (const [key, value] of Object.entries(pairsAt(annotations, 'target-group-attributes'))) {
    if (value === '') throw new CloudRefusal(`${PREFIX}: attribute value is empty for ${goQuote(key)}`);
    if (!SUPPORTED.includes(key))
      throw new CloudRefusal(
        `${PREFIX}: the attribute ${goQuote(key)} is not supported by the controller or is invalid`,
      );
    if (value !== 'true' && value !== 'false')
      throw new CloudRefusal(`${PREFIX}: invalid attribute value for ${goQuote(key)}: ${value}`);
    const udp = spec?.ports?.some(({ protocol }) => protocol === 'UDP');
    if (key === 'preserve_client_ip.enabled' && value === 'false' && udp)
      throw new CloudRefusal(`${PREFIX}: client IP preservation can't be disabled for UDP ports`);
  }
}
