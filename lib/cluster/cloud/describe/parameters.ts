import type { Json, JsonObject } from '../../../api';
import { formatMicroTime } from '../../../base';

/** A parameter that is a list of texts; undefined when it was not given. */
export function texts(parameters: JsonObject, name: string): readonly string[] | undefined {
  const value = parameters[name];
  return Array.isArray(value) ? value.map((each: Json) => String(each)) : undefined;
}

/** A parameter that is one text. */
export function text(parameters: JsonObject, name: string): string | undefined {
  const value = parameters[name];
  return typeof value === 'string' ? value : undefined;
}

/** A moment as the AWS command line shows it: "2026-01-06T09:00:02.630000+00:00". */
export function timeText(ms: number): string {
  return formatMicroTime(ms).replace('Z', '+00:00');
}

/** Tags as AWS lists them. */
export function tagList(tags: Readonly<Record<string, string>>): Json {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}
