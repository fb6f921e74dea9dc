import { formatQuantity, type Quantity, quantityMilliValue, quantityValue } from '../../../../base';
import { type Amounts, NOTHING } from '../../quota/amounts';

/** Above this, values are compared in whole units (resource.MaxMilliValue). */
const MAX_MILLI_VALUE = (2 ** 63 - 1) / 1000;

/** Requests and limits of what is measured. */
export interface Measured {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** requestLimitEnforcedValues: all in thousandths where they fit. */
function values(...quantities: readonly (Quantity | undefined)[]): readonly number[] {
  const whole = quantities.map((each) => quantityValue(each ?? NOTHING));
  if (whole.some((each) => each > MAX_MILLI_VALUE)) return whole;
  return quantities.map((each) => quantityMilliValue(each ?? NOTHING));
}

const text = (quantity: Quantity | undefined): string => formatQuantity(quantity ?? NOTHING);

/** minConstraint. */
export function minProblem(
  type: string,
  name: string,
  enforced: Quantity,
  { requests, limits }: Measured,
): string | undefined {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const [asked = 0, allowed = 0, least = 0] = values(request, limit, enforced);
  const rule = `minimum ${name} usage per ${type} is ${text(enforced)}`;
  if (!request) return `${rule}.  No request is specified`;
  if (asked < least) return `${rule}, but request is ${text(request)}`;
  return limit && allowed < least ? `${rule}, but limit is ${text(limit)}` : undefined;
}

/** maxConstraint. */
export function maxProblem(
  type: string,
  name: string,
  enforced: Quantity,
  { requests, limits }: Measured,
): string | undefined {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const [asked = 0, allowed = 0, most = 0] = values(request, limit, enforced);
  const rule = `maximum ${name} usage per ${type} is ${text(enforced)}`;
  if (!limit) return `${rule}.  No limit is specified`;
  if (allowed > most) return `${rule}, but limit is ${text(limit)}`;
  return request && asked > most ? `${rule}, but request is ${text(request)}` : undefined;
}

/** maxRequestConstraint: for what has requests alone. */
export function maxRequestProblem(
  type: string,
  name: string,
  enforced: Quantity,
  requests: Amounts,
): string | undefined {
  const request = requests.get(name);
  const [asked = 0, most = 0] = values(request, enforced);
  const rule = `maximum ${name} usage per ${type} is ${text(enforced)}`;
  if (!request) return `${rule}.  No request is specified`;
  return asked > most ? `${rule}, but request is ${text(request)}` : undefined;
}

/** limitRequestRatioConstraint. */
export function ratioProblem(
  type: string,
  name: string,
  enforced: Quantity,
  { requests, limits }: Measured,
): string | undefined {
  const [request, limit] = [requests.get(name), limits.get(name)];
  const [asked = 0, allowed = 0] = values(request, limit, enforced);
  const rule = `${name} max limit to request ratio per ${type} is ${text(enforced)}`;
  if (!request || asked === 0) return `${rule}, but no request is specified or request is 0`;
  if (!limit || allowed === 0) return `${rule}, but no limit is specified or limit is 0`;
  const ratio = allowed / asked;
  return ratio * 1000 > quantityMilliValue(enforced)
    ? `${rule}, but provided ratio is ${ratio.toFixed(6)}`
    : undefined;
}
