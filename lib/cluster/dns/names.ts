/** A name as DNS compares it: lower case, with the final dot. */
export function canonicalName(name: string): string {
  const lower = name.toLowerCase();
  return lower.endsWith('.') ? lower : `${lower}.`;
}

/** The name with its final dot, case kept. */
export function fullName(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

/** Whether a name is a zone or lies under it. */
export function isUnder(name: string, zone: string): boolean {
  const lower = canonicalName(name);
  return zone === '.' || lower === zone || lower.endsWith(`.${zone}`);
}

/** The labels of a name in front of its zone, outermost last; lower case. */
export function labelsBefore(name: string, zone: string): readonly string[] {
  const lower = canonicalName(name);
  const rest = lower.slice(0, lower.length - zone.length).replace(/\.$/, '');
  return rest === '' ? [] : rest.split('.');
}

/** The zone as it was spelled in the question, so that answers keep the case asked. */
export function zoneAsAsked(name: string, zone: string): string {
  return fullName(name).slice(-zone.length);
}

/** The address that a name under in-addr.arpa or ip6.arpa stands for. */
export function addressOfReverse(name: string): string | undefined {
  const lower = canonicalName(name);
  const v4 = /^(\d+)\.(\d+)\.(\d+)\.(\d+)\.in-addr\.arpa\.$/.exec(lower);
  if (v4 !== null) return `${v4[4]}.${v4[3]}.${v4[2]}.${v4[1]}`;
  if (!/^(?:[0-9a-f]\.){32}ip6\.arpa\.$/.test(lower)) return undefined;
  const digits = lower.replace('.ip6.arpa.', '').split('.').reverse().join('');
  return (digits.match(/.{4}/g) ?? []).map((group) => group.replace(/^0{1,3}/, '')).join(':');
}

/** "10.244.1.2" → "10-244-1-2", "fd00::1" → "fd00--1". */
export function dashedAddress(ip: string): string {
  return ip.replace(/[.:]/g, '-');
}
