import type { Container, Node, Pod, View } from '../../api';
import { parseQuantity, type Quantity } from '../../base';

/** What a resourceFieldRef asks for. */
export interface ResourceField {
  readonly containerName?: string | undefined;
  readonly resource: string;
  readonly divisor?: string | number | undefined;
}

type Amounts = Readonly<Record<string, string>> | undefined;

/**
 * A container's request or limit, divided and rounded up; a limit that is not set is what the node can give
 * (ExtractContainerResourceValue, MergeContainerResourceLimits).
 */
export function resourceFieldOf(view: View, pod: Pod, field: ResourceField, own?: Container): string {
  const all = [...(pod.spec?.initContainers ?? []), ...(pod.spec?.containers ?? [])];
  const container = field.containerName ? all.find(({ name }) => name === field.containerName) : own;
  const [, kind = '', name = ''] = /^(limits|requests)\.(.+)$/.exec(field.resource) ?? [];
  const list = (kind === 'limits' ? container?.resources?.limits : container?.resources?.requests) as Amounts;
  const amount = amountIn(list, name) ?? (kind === 'limits' ? nodeAmount(view, pod, name) : undefined);
  const divisor = parsed(field.divisor);
  const [value, by] =
    name === 'cpu' ? [scaled(amount, 3), scaled(divisor, 3)] : [scaled(amount, 0), scaled(divisor, 0)];
  const unit = name === 'cpu' ? 1000n : 1n;
  const divided = by === 0n ? unit : by;
  return String((value + divided - 1n) / divided);
}

const parsed = (text: string | number | undefined): Quantity | undefined =>
  text === undefined ? undefined : parseQuantity(text);

/** A request of nothing is none. */
function amountIn(list: Amounts, name: string): Quantity | undefined {
  const amount = parsed(list?.[name]);
  return amount === undefined || amount.digits === 0n ? undefined : amount;
}

function nodeAmount(view: View, pod: Pod, name: string): Quantity | undefined {
  const node = view.get<Node>('nodes', '', pod.spec?.nodeName ?? '');
  return amountIn(node?.status?.allocatable as Amounts, name);
}

/** A quantity in thousandths (3) or whole (0), rounded up. */
function scaled(quantity: Quantity | undefined, places: number): bigint {
  if (quantity === undefined) return 0n;
  const shift = quantity.scale - places;
  if (shift <= 0) return quantity.digits * 10n ** BigInt(-shift);
  const by = 10n ** BigInt(shift);
  return (quantity.digits + by - 1n) / by;
}
