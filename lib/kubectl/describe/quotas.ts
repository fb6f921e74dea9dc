import type { LimitRange, ResourceQuota } from '../../api';
import { formatQuantity, parseQuantity, quantityOf, quantityValue } from '../../base';
import { Page } from './page';
import type { Scene } from './scene';

const HELP: Readonly<Record<string, string>> = {
  Terminating:
    'Matches all pods that have an active deadline. These pods have a limited lifespan on a node before being actively terminated by the system.',
  NotTerminating:
    'Matches all pods that do not have an active deadline. These pods usually include long running pods whose container command is not expected to terminate.',
  BestEffort:
    'Matches all pods that do not have resource requirements set. These pods have a best effort quality of service.',
  NotBestEffort:
    'Matches all pods that have at least one resource requirement set. These pods have a burstable or guaranteed quality of service.',
};
const COLUMNS = [
  'Type',
  'Resource',
  'Min',
  'Max',
  'Default Request',
  'Default Limit',
  'Max Limit/Request Ratio',
];
const underline = (words: readonly string[]): string =>
  words.map((word) => '-'.repeat(word.length)).join('\t');

/** `describe resourcequota`. */
export async function describeQuota({ object }: Scene): Promise<string> {
  const quota = object as ResourceQuota;
  const page = new Page();
  page.field(0, 'Name', quota.metadata.name);
  page.field(0, 'Namespace', quota.metadata.namespace);
  writeScopes(page, 0, ' * ', quota);
  page.write(0, 'Resource\tUsed\tHard\n');
  page.write(0, '--------\t----\t----\n');
  for (const [name, used, hard] of amounts(quota))
    page.write(0, `${name}\t${inFormatOf(used, hard)}\t${hard}\n`);
  return page.text();
}

/** The quotas of a namespace. */
export function writeQuotas(page: Page, quotas: readonly ResourceQuota[]): void {
  page.write(0, quotas.length === 0 ? 'No resource quota.\n' : 'Resource Quotas\n');
  for (const quota of quotas) {
    page.field(1, 'Name', quota.metadata.name);
    writeScopes(page, 1, '* ', quota);
    page.write(1, 'Resource\tUsed\tHard\n');
    page.write(1, '--------\t---\t---\n');
    for (const [name, used, hard] of amounts(quota)) page.write(1, `${name}\t${used}\t${hard}\n`);
  }
}

function writeScopes(page: Page, level: number, mark: string, { spec }: ResourceQuota): void {
  const scopes = [...(spec?.scopes ?? [])].sort();
  if (scopes.length === 0) return;
  page.field(level, 'Scopes', scopes.join(', '));
  for (const scope of scopes) if (HELP[scope]) page.write(level, `${mark}${HELP[scope]}\n`);
}

function amounts({ status }: ResourceQuota): readonly (readonly [string, string, string])[] {
  return Object.entries(status?.hard ?? {})
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, hard]) => [name, String(status?.used?.[name] ?? '0'), String(hard)] as const);
}

/** What is used, written as what is allowed is; whole units where the two differ in kind. */
function inFormatOf(used: string, hard: string): string {
  const [amount, limit] = [parseQuantity(used), parseQuantity(hard)];
  if (!amount || !limit || amount.format === limit.format) return used;
  return formatQuantity(quantityOf(quantityValue(amount), limit.format));
}

/** `describe limitrange`. */
export async function describeLimitRange({ object }: Scene): Promise<string> {
  const page = new Page();
  page.field(0, 'Name', object.metadata.name);
  page.field(0, 'Namespace', object.metadata.namespace);
  page.write(0, `${COLUMNS.join('\t')}\n${underline(COLUMNS)}\n`);
  writeLimits(page, object as LimitRange, '');
  return page.text();
}

/** The limits of a namespace. */
export function writeLimitRanges(page: Page, ranges: readonly LimitRange[]): void {
  if (ranges.length === 0) {
    page.write(0, 'No LimitRange resource.\n');
    return;
  }
  page.write(0, `Resource Limits\n ${COLUMNS.join('\t')}\n ${underline(COLUMNS)}\n`);
  for (const range of ranges) writeLimits(page, range, ' ');
}

function writeLimits(page: Page, { spec }: LimitRange, prefix: string): void {
  for (const { type, min, max, defaultRequest, default: limit, maxLimitRequestRatio } of spec?.limits ?? []) {
    const columns = [min, max, defaultRequest, limit, maxLimitRequestRatio];
    // Upstream goes through them in no order at all.
    const names = [...new Set(columns.flatMap((each) => Object.keys(each ?? {})))].sort();
    for (const name of names) {
      const cells = columns.map((each) => each?.[name] ?? '-');
      page.write(0, `${prefix}${type}\t${name}\t${cells.join('\t')}\n`);
    }
  }
}
