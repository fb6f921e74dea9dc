import { badRequest, StatusError, unclassified } from '../../../api';
import { isRecord } from '../../../base';
import { goPrint } from '../go-print';

type Rec = Readonly<Record<string, unknown>>;

/** Errors of mergepatch that the API server takes for bad requests (interpretStrategicMergePatchError). */
export const badRetainKeys = () => badRequest('invalid patch format of retainKeys');
export const badPrimitiveList = () => badRequest('invalid patch format of primitive list');
export const badElementOrder = () => badRequest('invalid patch format of setElementOrder list');

/** 422 without a word of what is wrong: what JSON patches that do not apply, and a few others, are answered with. */
export function rejected(): StatusError {
  return new StatusError({
    kind: 'Status',
    apiVersion: 'v1',
    metadata: {},
    status: 'Failure',
    message: 'the server rejected our request due to an error in our request',
    reason: 'Invalid',
    details: {},
    code: 422,
  });
}

export const noMergeKey = (item: Rec, mergeKey: string) =>
  unclassified(`map: ${goPrint(item)} does not contain declared merge key: ${mergeKey}`);

export const badArgument = (expected: 'list' | 'map', actual: unknown) =>
  unclassified(
    `expected a ${expected === 'list' ? '[]interface {}' : 'map[string]interface {}'}, but received a ${goTypeOf(actual)}`,
  );

export const badDirective = (directive: unknown, map: Rec) =>
  unclassified(`unknown patch type: ${goPrint(directive)} in map: ${goPrint(map)}`);

/** The Go type of a decoded JSON value. */
export function goTypeOf(value: unknown): string {
  if (value === null || value === undefined) return '<nil>';
  if (Array.isArray(value)) return '[]interface {}';
  if (isRecord(value)) return 'map[string]interface {}';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'string';
  return Number.isInteger(value) ? 'int64' : 'float64';
}
