import type { KubeObject, ResourceQuota } from '../../../api';
import type { Amounts } from './amounts';

/** One condition that a quota's objects meet (v1.ScopedResourceSelectorRequirement). */
export interface Scope {
  readonly scopeName: string;
  readonly operator: string;
  readonly values?: readonly string[] | undefined;
}

/** What of a write decides whether it can change any usage. */
export interface QuotaWrite {
  readonly operation: 'CREATE' | 'UPDATE';
  readonly subresource: string;
}

/** How the objects of one resource count against quotas (quota.Evaluator). */
export interface Evaluator {
  /** Whether such a write can change usage. */
  handles(write: QuotaWrite): boolean;
  /** Those of a quota's resources that objects like these use. */
  matching(names: readonly string[]): readonly string[];
  matchesScope(scope: Scope, object: KubeObject): boolean;
  /** What an object must say for it to be measured, in words; undefined when it says it. */
  lacks(names: readonly string[], object: KubeObject): string | undefined;
  /** What one object uses. */
  usage(object: KubeObject, now: number): Amounts;
}

/** The scopes of a quota, old style and new (getScopeSelectorsFromQuota). */
export function scopesOf({ spec }: ResourceQuota): readonly Scope[] {
  const plain = (spec?.scopes ?? []).map((scopeName) => ({ scopeName, operator: 'Exists' }));
  return [...plain, ...(spec?.scopeSelector?.matchExpressions ?? [])];
}

/** Names of `names` that are among `known`, each once and in order (quota.Intersection). */
export function intersection(names: readonly string[], known: readonly string[]): readonly string[] {
  return [...new Set(names)].filter((name) => known.includes(name)).sort();
}
