/** A name as DNS compares it: lower case, with the final dot. */
export function canonicalName(name: string): string {
  return fullName(name).toLowerCase();
}

/** The name with its final dot, case kept. */
export function fullName(name: string): string {
  return name.endsWith('.') ? name : `${name}.`;
}

/** Whether a name is a zone or lies under it. */
export function isUnder(name: string, zone: string): boolean {
  const lower = canonicalName(name);
  const canonical = canonicalName(zone);
  return canonical === '.' || lower === canonical || lower.endsWith(`.${canonical}`);
}

/** The longest of the zones that a name is under, as CoreDNS' `plugin.Zones.Matches` finds it. */
export function zoneOf(name: string, zones: readonly string[]): string | undefined {
  let found: string | undefined;
  for (const zone of zones) if (isUnder(name, zone) && zone.length > (found?.length ?? 0)) found = zone;
  return found;
}

/** The labels of a name in front of its zone, outermost last; lower case. */
export function labelsBefore(name: string, zone: string): readonly string[] {
  const lower = canonicalName(name);
  const rest = zone === '.' ? lower : lower.slice(0, lower.length - zone.length);
  const labels = rest.replace(/\.$/, '');
  return labels === '' ? [] : labels.split('.');
}

/** The zone as it was spelled in the question, so that answers keep the case asked. */
export function zoneAsAsked(name: string, zone: string): string {
  return fullName(name).slice(-zone.length);
}

/** A name in front of a zone: ("ns.dns", ".") → "ns.dns.". */
export function joinName(name: string, zone: string): string {
  return zone === '.' ? `${name}.` : `${name}.${zone}`;
}

/** "10.244.1.2" → "10-244-1-2", "fd00::1" → "fd00--1". */
export function dashedAddress(ip: string): string {
  const dashed = ip.replace(/[.:]/g, '-');
  return ip.includes(':') && dashed.endsWith('-') ? `${dashed}0` : dashed;
}
