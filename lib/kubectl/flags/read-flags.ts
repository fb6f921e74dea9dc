import { parseDuration } from '../../base';
import type { ParsedArgs } from '../seams';

/** A text flag's value, or '' (or `fallback`) when it was not given. */
export function text(args: ParsedArgs, name: string, fallback = ''): string {
  const value = args.flags[name];
  return typeof value === 'string' ? value : fallback;
}

/** Whether a boolean flag is on. */
export function bool(args: ParsedArgs, name: string, fallback = false): boolean {
  const value = args.flags[name];
  return value === undefined ? fallback : value === 'true';
}

/** A repeatable flag's values. */
export function list(args: ParsedArgs, name: string): readonly string[] {
  const value = args.flags[name];
  return Array.isArray(value) ? value : [];
}

/** A whole-number flag's value; the parser has refused what is none. */
export function int(args: ParsedArgs, name: string, fallback: number): number {
  const value = args.flags[name];
  return typeof value === 'string' ? Number(value) : fallback;
}

/** A duration flag in milliseconds; the parser has refused what is none. */
export function duration(args: ParsedArgs, name: string, fallbackMs: number): number {
  const value = args.flags[name];
  if (typeof value !== 'string') return fallbackMs;
  const parsed = parseDuration(value);
  return typeof parsed === 'number' ? parsed : fallbackMs;
}

/** How far a dry run goes. */
export type DryRun = 'none' | 'client' | 'server';

/** The value of `--dry-run`, or what kubectl says of one it does not know. */
export function dryRunOf(args: ParsedArgs): DryRun | { readonly error: string } {
  const value = text(args, 'dry-run', 'none');
  if (value === 'none' || value === 'client' || value === 'server') return value;
  if (value === 'unchanged') return 'client';
  if (TRUE_TEXTS.has(value)) return 'client';
  if (FALSE_TEXTS.has(value)) return 'none';
  return { error: `Invalid dry-run value (${value}). Must be "none", "server", or "client".` };
}

const TRUE_TEXTS = new Set(['1', 't', 'T', 'true', 'TRUE', 'True']);
const FALSE_TEXTS = new Set(['0', 'f', 'F', 'false', 'FALSE', 'False']);
