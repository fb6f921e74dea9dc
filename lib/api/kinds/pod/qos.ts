import { compareQuantities, parseQuantity } from '../../../base';
import type { Container, PodSpec } from '../../types';

const COUNTED = ['cpu', 'memory'] as const;

/** The Pod's quality of service (qos.ComputePodQOS): by CPU and memory of all its containers. */
export function podQosClass(spec: PodSpec): 'Guaranteed' | 'Burstable' | 'BestEffort' {
  const containers = [...spec.containers, ...(spec.initContainers ?? [])];
  const amounts = containers.flatMap(({ resources }) =>
    COUNTED.flatMap((name) => [resources?.requests?.[name], resources?.limits?.[name]]),
  );
  if (amounts.every(isNothing)) return 'BestEffort';
  return containers.every(isGuaranteed) ? 'Guaranteed' : 'Burstable';
}

const isNothing = (amount: string | undefined): boolean => {
  const quantity = amount === undefined ? undefined : parseQuantity(amount);
  return quantity === undefined || quantity.digits === 0n;
};

function isGuaranteed({ resources }: Container): boolean {
  return COUNTED.every((name) => {
    const limit = parseQuantity(resources?.limits?.[name] ?? '');
    const request = parseQuantity(resources?.requests?.[name] ?? resources?.limits?.[name] ?? '');
    return limit !== undefined && request !== undefined && compareQuantities(limit, request) === 0;
  });
}
