import { labelsBefore } from '../../names';

/** A question taken apart as the kubernetes plugin does; empty strings stand for absent parts. */
export interface RecordRequest {
  readonly kind: 'apex' | 'svc' | 'pod';
  readonly namespace: string;
  readonly service: string;
  readonly endpoint: string;
  readonly port: string;
  readonly protocol: string;
}

const APEX: RecordRequest = {
  kind: 'apex',
  namespace: '',
  service: '',
  endpoint: '',
  port: '',
  protocol: '',
};

/** Reads `[_port._proto.|endpoint.]service.namespace.svc|pod` in front of a zone; undefined when it is neither. */
export function parseRequest(name: string, zone: string): RecordRequest | undefined {
  const labels = [...labelsBefore(name, zone)];
  const kind = labels.pop();
  if (kind === undefined) return APEX;
  if (kind !== 'svc' && kind !== 'pod') return undefined;
  if (labels.length === 0) return APEX;
  const request = { ...APEX, kind, namespace: labels.pop() ?? '', service: labels.pop() ?? '' } as const;
  if (labels.length === 0) return request;
  if (labels.length === 1) return { ...request, endpoint: labels[0] ?? '' };
  if (labels.length > 2) return undefined;
  const [port = '', protocol = ''] = labels;
  return { ...request, port: port.replace(/^_/, ''), protocol: protocol.replace(/^_/, '') };
}
