const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const SUBDOMAIN = `${LABEL}(\\.${LABEL})*`;
const DNS_1035 = '[a-z]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';

const LABEL_MAX = 63;
const SUBDOMAIN_MAX = 253;

const whole = (source: string): RegExp => new RegExp(`^${source}$`);
const LABEL_PATTERN = whole(LABEL);
const SUBDOMAIN_PATTERN = whole(SUBDOMAIN);
const DNS_1035_PATTERN = whole(DNS_1035);
const QUALIFIED_PATTERN = whole(QUALIFIED);
const LABEL_VALUE_PATTERN = whole(`(${QUALIFIED})?`);

const maxLength = (length: number): string => `must be no more than ${length} characters`;
/** The newer helpers of package content, which look at label keys and values, count in bytes. */
const maxBytes = (length: number): string => `must be no more than ${length} bytes`;

/** Bytes of UTF-8, which is what Go's `len` counts. */
export function byteLength(text: string): number {
  let bytes = 0;
  for (const char of text) {
    const code = char.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

function regexError(message: string, source: string, ...examples: readonly string[]): string {
  const shown = examples.map((each) => `'${each}', `).join(' or ');
  const given = shown === '' ? '(' : `(e.g. ${shown}`;
  return `${message} ${given}regex used for validation is '${source}')`;
}

const LABEL_MESSAGE =
  "a lowercase RFC 1123 label must consist of lower case alphanumeric characters or '-', and must start and end with an alphanumeric character";
const SUBDOMAIN_MESSAGE =
  "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.', and must start and end with an alphanumeric character";
const DNS_1035_MESSAGE =
  "a DNS-1035 label must consist of lower case alphanumeric characters or '-', start with an alphabetic character, and end with an alphanumeric character";
const QUALIFIED_MESSAGE =
  "must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";

/** What is wrong with an RFC 1123 label; nothing when it is one. */
export function dns1123Label(value: string): string[] {
  const errors = byteLength(value) > LABEL_MAX ? [maxLength(LABEL_MAX)] : [];
  if (LABEL_PATTERN.test(value)) return errors;
  if (SUBDOMAIN_PATTERN.test(value)) return [...errors, 'must not contain dots'];
  return [...errors, regexError(LABEL_MESSAGE, LABEL, 'my-name', '123-abc')];
}

/** What is wrong with an RFC 1123 subdomain. */
export function dns1123Subdomain(value: string): string[] {
  const errors = byteLength(value) > SUBDOMAIN_MAX ? [maxLength(SUBDOMAIN_MAX)] : [];
  if (SUBDOMAIN_PATTERN.test(value)) return errors;
  return [...errors, regexError(SUBDOMAIN_MESSAGE, SUBDOMAIN, 'example.com')];
}

/** What is wrong with a subdomain whose labels may begin with and hold underscores (a search path of a resolver). */
export function underscoredSubdomain(value: string): string[] {
  const errors = byteLength(value) > SUBDOMAIN_MAX ? [maxLength(SUBDOMAIN_MAX)] : [];
  const label = '_?[a-z0-9]([-_a-z0-9]*[a-z0-9])?';
  const source = `${label}(\\.${label})*`;
  if (whole(source).test(value)) return errors;
  const message =
    "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '_', '-' or '.', and must start and end with an alphanumeric character";
  return [...errors, regexError(message, source, 'example.com')];
}

/** What is wrong with a wildcard DNS name ("*.example.com"). */
export function wildcardDns1123Subdomain(value: string): string[] {
  const errors = byteLength(value) > SUBDOMAIN_MAX ? [maxLength(SUBDOMAIN_MAX)] : [];
  const source = `\\*\\.${SUBDOMAIN}`;
  if (whole(source).test(value)) return errors;
  const message =
    "a wildcard DNS-1123 subdomain must start with '*.', followed by a valid DNS subdomain, which must consist of lower case alphanumeric characters, '-' or '.' and end with an alphanumeric character";
  return [...errors, regexError(message, source, '*.example.com')];
}

/** What is wrong with a DNS-1035 label, as Service names are up to v1.35. */
export function dns1035Label(value: string): string[] {
  const errors = byteLength(value) > LABEL_MAX ? [maxLength(LABEL_MAX)] : [];
  if (DNS_1035_PATTERN.test(value)) return errors;
  return [...errors, regexError(DNS_1035_MESSAGE, DNS_1035, 'my-name', 'abc-123')];
}

/** What is wrong with a label or annotation key, a finalizer or a resource name. */
export function qualifiedName(value: string): string[] {
  const parts = value.split('/');
  if (parts.length > 2) {
    const form = regexError(QUALIFIED_MESSAGE, QUALIFIED, 'MyName', 'my.name', '123-abc');
    return [
      `a valid label key ${form} with an optional DNS subdomain prefix and '/' (e.g. 'example.com/MyName')`,
    ];
  }
  const [prefix, name] = parts.length === 2 ? [parts[0], parts[1] ?? ''] : [undefined, value];
  const errors = prefix === undefined ? [] : prefixErrors(prefix);
  if (name === '') errors.push('name part must be non-empty');
  else if (byteLength(name) > LABEL_MAX) errors.push(`name part ${maxBytes(LABEL_MAX)}`);
  if (!QUALIFIED_PATTERN.test(name)) {
    errors.push(`name part ${regexError(QUALIFIED_MESSAGE, QUALIFIED, 'MyName', 'my.name', '123-abc')}`);
  }
  return errors;
}

const prefixErrors = (prefix: string): string[] =>
  prefix === ''
    ? ['prefix part must be non-empty']
    : dns1123Subdomain(prefix)
        .map((message) => (message === maxLength(SUBDOMAIN_MAX) ? maxBytes(SUBDOMAIN_MAX) : message))
        .map((message) => `prefix part ${message}`);

/** What is wrong with a label's value. */
export function labelValue(value: string): string[] {
  const errors = byteLength(value) > LABEL_MAX ? [maxBytes(LABEL_MAX)] : [];
  if (LABEL_VALUE_PATTERN.test(value)) return errors;
  const message =
    "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character";
  return [...errors, regexError(message, `(${QUALIFIED})?`, 'MyValue', 'my_value', '12345')];
}

/** What is wrong with the name of a container's port (IANA service name). */
export function portName(value: string): string[] {
  const errors = [];
  if (value.length > 15) errors.push(maxLength(15));
  if (!/^[-a-z0-9]+$/.test(value)) {
    errors.push('must contain only alpha-numeric characters (a-z, 0-9), and hyphens (-)');
  }
  if (!/[a-z]/.test(value)) errors.push('must contain at least one letter (a-z)');
  if (value.includes('--')) errors.push('must not contain consecutive hyphens');
  if (/^-|-$/.test(value)) errors.push('must not begin or end with a hyphen');
  return errors;
}

/** What is wrong with a port number. */
export function portNumber(port: number): string[] {
  return inRange(port, 1, 65535);
}

/** What is wrong with a number that must lie within bounds. */
export function inRange(value: number, low: number, high: number): string[] {
  return value >= low && value <= high ? [] : [`must be between ${low} and ${high}, inclusive`];
}

/** What is wrong with a key of a ConfigMap or Secret. */
export function configMapKey(value: string): string[] {
  const errors = byteLength(value) > SUBDOMAIN_MAX ? [maxLength(SUBDOMAIN_MAX)] : [];
  if (!/^[-._a-zA-Z0-9]+$/.test(value)) {
    const message = "a valid config key must consist of alphanumeric characters, '-', '_' or '.'";
    errors.push(regexError(message, '[-._a-zA-Z0-9]+', 'key.name', 'KEY_NAME', 'key-name'));
  }
  return [...errors, ...parentDirectory(value)];
}

/** What is wrong with the name of an environment variable (relaxed rules, the default since v1.34). */
export function envVarName(value: string): string[] {
  if (value === '') return ['environment variable name must be non-empty'];
  return /^[\x20-\x3c\x3e-\x7e]+$/.test(value)
    ? []
    : ["a valid environment variable name must consist only of printable ASCII characters other than '='"];
}

function parentDirectory(value: string): string[] {
  if (value === '.') return ["must not be '.'"];
  if (value === '..') return ["must not be '..'"];
  return value.startsWith('..') ? ["must not start with '..'"] : [];
}

/** What is wrong with an HTTP header's name. */
export function httpHeaderName(value: string): string[] {
  if (/^[-A-Za-z0-9]+$/.test(value)) return [];
  const message = "a valid HTTP header must consist of alphanumeric characters or '-'";
  return [regexError(message, '[-A-Za-z0-9]+', 'X-Header-Name')];
}

/** What is wrong with a percentage ("25%"). */
export function percent(value: string): string[] {
  if (/^[0-9]+%$/.test(value)) return [];
  const message = "a valid percent string must be a numeric string followed by an ending '%'";
  return [regexError(message, '[0-9]+%', '1%', '93%')];
}

/** What is wrong with the name of a controller ("example.com/name", IsDomainPrefixedPath), and of which part. */
export function domainPrefixedPath(
  value: string,
): readonly { readonly value: string; readonly detail: string }[] {
  const [, host = '', path = ''] = /^([^/]*)\/(.*)$/s.exec(value) ?? [];
  if (host === '' || path === '') {
    return [{ value, detail: 'must be a domain-prefixed path (such as "acme.io/foo")' }];
  }
  const source = "[A-Za-z0-9/\\-._~%!$&'()*+,;=:]+";
  return [
    ...dns1123Subdomain(host).map((detail) => ({ value: host, detail })),
    ...(whole(source).test(path) ? [] : [{ value: path, detail: regexError('Invalid path', source) }]),
  ];
}

/** What is wrong with a name that becomes one segment of a path. */
export function pathSegment(value: string): string[] {
  if (value === '.' || value === '..') return [`may not be '${value}'`];
  return ['/', '%'].filter((char) => value.includes(char)).map((char) => `may not contain '${char}'`);
}
