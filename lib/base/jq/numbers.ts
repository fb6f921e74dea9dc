const MAX = 1.7976931348623157e308;

/** A double as jq prints it: 17 digits at most, an exponent where the plain form would be long. */
export function formatNumber(value: number): string {
  if (Number.isNaN(value)) return 'null';
  const bounded = Math.max(-MAX, Math.min(MAX, value));
  if (bounded === 0) return Object.is(bounded, -0) ? '-0' : '0';
  const [mantissa = '0', power = '0'] = bounded.toExponential().split('e');
  const negative = mantissa.startsWith('-');
  const digits = mantissa.replace(/[-.]/g, '');
  const point = Number(power) + 1;
  const sign = negative ? '-' : '';
  if (point <= -4 || point > digits.length + 15) {
    const exponent = point - 1;
    const rest = digits.length > 1 ? `.${digits.slice(1)}` : '';
    const size = String(Math.abs(exponent)).padStart(2, '0');
    return `${sign}${digits.slice(0, 1)}${rest}e${exponent < 0 ? '-' : '+'}${size}`;
  }
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${digits}`;
  if (point >= digits.length) return sign + digits.padEnd(point, '0');
  return `${sign}${digits.slice(0, point)}.${digits.slice(point)}`;
}

const NUMBER = /^([-+]?)(?:(\d+)(?:\.(\d*))?|\.(\d+))(?:[eE]([-+]?\d+))?$/;

/** Reads a number; undefined when it is none. `canonical` is how decNumber writes it, digits and all. */
export function readNumber(text: string): { readonly value: number; readonly canonical: string } | undefined {
  const match = NUMBER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', whole = '', after, bare, exponentText = '0'] = match;
  const fraction = after ?? bare ?? '';
  const digits = `${whole}${fraction}`.replace(/^0+(?=\d)/, '');
  const exponent = Number(exponentText) - fraction.length;
  return {
    value: Number(text),
    canonical: (sign === '-' ? '-' : '') + scientific(digits, exponent),
  };
}

/** decNumber's to-scientific-string. */
function scientific(digits: string, exponent: number): string {
  const adjusted = exponent + digits.length - 1;
  if (exponent <= 0 && adjusted >= -6) {
    if (exponent === 0) return digits;
    const point = digits.length + exponent;
    return point > 0
      ? `${digits.slice(0, point)}.${digits.slice(point)}`
      : `0.${'0'.repeat(-point)}${digits}`;
  }
  const rest = digits.length > 1 ? `.${digits.slice(1)}` : '';
  return `${digits.slice(0, 1)}${rest}E${adjusted < 0 ? '-' : '+'}${Math.abs(adjusted)}`;
}
