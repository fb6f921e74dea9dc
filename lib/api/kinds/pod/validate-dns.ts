import type { FieldError } from '../../status';
import type { PodSpec } from '../../types';
import { invalidEach, invalidValue, ipAddress, required, underscoredSubdomain } from '../validation';

const MOST_SERVERS = 3;
const MOST_SEARCHES = 32;
const LONGEST_SEARCHES = 2048;

/** validatePodDNSConfig. */
export function validateDnsConfig({ dnsPolicy, dnsConfig }: PodSpec, path: string): FieldError[] {
  const { nameservers: servers = [], searches = [], options = [] } = dnsConfig ?? {};
  if (dnsPolicy === 'None' && !dnsConfig)
    return [required(path, 'must provide `dnsConfig` when `dnsPolicy` is None')];
  if (dnsPolicy === 'None' && servers.length === 0) {
    const detail = 'must provide at least one DNS nameserver when `dnsPolicy` is None';
    return [required(`${path}.nameservers`, detail)];
  }
  const field = `${path}.searches`;
  return [
    ...(servers.length > MOST_SERVERS
      ? [invalidValue(`${path}.nameservers`, servers, `must not have more than ${MOST_SERVERS} nameservers`)]
      : []),
    ...servers.flatMap((ip, index) => invalidEach(`${path}.nameservers[${index}]`, ip, ipAddress(ip))),
    ...(searches.length > MOST_SEARCHES
      ? [invalidValue(field, searches, `must not have more than ${MOST_SEARCHES} search paths`)]
      : []),
    ...(searches.join(' ').length > LONGEST_SEARCHES
      ? [
          invalidValue(
            field,
            searches,
            `must not have more than ${LONGEST_SEARCHES} characters (including spaces) in the search list`,
          ),
        ]
      : []),
    ...searches.flatMap((search, index) => validateSearch(search, `${field}[${index}]`)),
    ...options.flatMap(({ name }, index) =>
      name ? [] : [required(`${path}.options[${index}]`, 'must not be empty')],
    ),
  ];
}

/** Relaxed rules, the default since v1.33: underscores, and the root alone. */
function validateSearch(search: string, field: string): FieldError[] {
  if (search === '.') return [];
  const name = search.replace(/\.$/, '');
  return invalidEach(field, name, underscoredSubdomain(name));
}
