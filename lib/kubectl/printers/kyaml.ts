import { isRecord, resolvePlain } from '../../base';

/** A value in KYAML: YAML's flow style, strings always quoted, trailing commas. */
export function printKyaml(value: unknown, margin = ''): string {
  const inner = `${margin}  `;
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    if (value.every((item) => isRecord(item))) {
      return `[${value.map((item) => printKyaml(item, margin)).join(', ')}]`;
    }
    return `[\n${value.map((item) => `${inner}${printKyaml(item, inner)},\n`).join('')}${margin}]`;
  }
  if (isRecord(value)) {
    const keys = Object.keys(value)
      .filter((key) => value[key] !== undefined)
      .sort();
    if (keys.length === 0) return '{}';
    return `{\n${keys.map((key) => `${inner}${keyText(key)}: ${printKyaml(value[key], inner)},\n`).join('')}${margin}}`;
  }
  return typeof value === 'string' ? JSON.stringify(value) : String(value ?? null);
}

const keyText = (key: string): string =>
  /^[A-Za-z_][\w.-]*$/.test(key) && resolvePlain(key).tag === 'str' ? key : JSON.stringify(key);
