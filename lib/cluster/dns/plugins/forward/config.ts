import { type DnsCode, dnsCode, isDomainName } from '../../../../api';
import { isAddress } from '../../addresses';
import { CorefileError, type Dispenser } from '../../corefile/dispenser';
import { parseInteger, readDuration } from '../../corefile/go-values';
import { normalizeZones, portOf, splitTransport } from '../../corefile/zones';
import { fullName } from '../../names';
import type { SetUp } from '../../setup';

/** A server that questions are handed on to. */
export interface Upstream {
  readonly ip: string;
  readonly port: number;
  /** "192.168.50.1:53", as errors name it. */
  readonly address: string;
  readonly overTls: boolean;
}

/** What one `forward` line says. */
export interface ForwardConfig {
  readonly from: string;
  readonly upstreams: readonly Upstream[];
  except: readonly string[];
  policy: 'random' | 'round_robin' | 'sequential';
  maxFails: number;
  forceTcp: boolean;
  preferUdp: boolean;
  failFast: boolean;
  failover: readonly DnsCode[];
  /** Codes after which the next `forward` of the block is asked. */
  next: readonly DnsCode[];
}

const MAX_UPSTREAMS = 15;

/** Reads every `forward FROM TO… { … }` of a block. */
export function readForwardConfigs(given: SetUp): readonly ForwardConfig[] {
  const configs: ForwardConfig[] = [];
  while (given.words.next()) configs.push(readStanza(given));
  return configs;
}

function readStanza({ words, readFile, warn }: SetUp): ForwardConfig {
  if (!words.nextArg()) throw words.argumentError();
  const typed = words.val();
  const zones = normalizeZones(typed);
  const [from] = zones;
  if (from === undefined) throw new CorefileError(`unable to normalize '${typed}'`);
  if (zones.length > 1)
    warn(
      `[WARNING] plugin/forward: Unsupported CIDR notation: '${typed}' expands to multiple zones. Using only '${from}'.`,
    );
  const to = words.remainingArgs();
  if (to.length === 0) throw words.argumentError();
  const upstreams = to.flatMap((each) => upstreamsOf(each, readFile));
  if (upstreams.length === 0) throw new CorefileError('no nameservers found');
  const config: ForwardConfig = {
    from,
    upstreams,
    except: [],
    policy: 'random',
    maxFails: 2,
    forceTcp: false,
    preferUdp: false,
    failFast: false,
    failover: [],
    next: [],
  };
  while (words.nextBlock()) readOption(words, config);
  if (upstreams.length > MAX_UPSTREAMS)
    throw new CorefileError(`more than ${MAX_UPSTREAMS} TOs configured: ${upstreams.length}`);
  return config;
}

/** The servers that a word stands for: an address with or without a port, or the name servers of a resolv.conf. */
function upstreamsOf(text: string, readFile: SetUp['readFile']): readonly Upstream[] {
  const [transport, host] = splitTransport(text);
  if (host === '') throw new CorefileError(`invalid address: ${JSON.stringify(text)}`);
  const [ip, port = portOf(transport)] = splitAddress(host);
  if (!isAddress(ip)) {
    const file = readFile(host);
    if (file === undefined) throw new CorefileError(`not an IP address or file: ${JSON.stringify(host)}`);
    return nameServersOf(file).map((server) => upstream(server, '53', false));
  }
  if (transport !== 'dns' && transport !== 'tls')
    throw new CorefileError(
      `'${transport}' is not supported as a destination protocol in forward: ${transport}://${host === ip ? `${ip}:${port}` : host}`,
    );
  return [upstream(ip, port, transport === 'tls')];
}

/** "10.0.0.1:5353", "[fd00::1]:53", "fd00::1%eth0" as address and port. */
function splitAddress(host: string): readonly [ip: string, port?: string] {
  const withPort = isAddress(host) ? null : /^(?:\[([^\]]+)\]|([^:]+)):(\d+)$/.exec(host);
  const ip = (withPort?.[1] ?? withPort?.[2] ?? host).replace(/%.*$/, '');
  const port = withPort?.[3];
  return port === undefined ? [ip] : [ip, port];
}

function upstream(ip: string, port: string, overTls: boolean): Upstream {
  return { ip, port: Number(port), address: ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`, overTls };
}

function nameServersOf(file: string): readonly string[] {
  return [...file.matchAll(/^\s*nameserver\s+(\S+)/gm)].map((match) => match[1] ?? '').filter(isAddress);
}

function codesOf(args: readonly string[]): readonly DnsCode[] {
  return args.map((text) => {
    const code = dnsCode(text);
    if (code === undefined) throw new CorefileError(`${text} is not a valid rcode`);
    return code;
  });
}

function readOption(words: Dispenser, config: ForwardConfig): void {
  const name = words.val();
  const args = words.remainingArgs();
  const [first = ''] = args;
  const need = (fits: boolean) => {
    if (!fits) throw words.argumentError();
  };
  switch (name) {
    case 'except':
      need(args.length > 0);
      config.except = args.flatMap(normalizeZones);
      break;
    case 'max_fails':
      need(args.length > 0);
      config.maxFails = parseInteger(first, 'ParseUint');
      break;
    case 'health_check':
      need(args.length > 0);
      readHealthCheck(args);
      break;
    case 'force_tcp':
      need(args.length === 0);
      config.forceTcp = true;
      break;
    case 'prefer_udp':
      need(args.length === 0);
      config.preferUdp = true;
      break;
    case 'tls':
      need(args.length <= 3);
      break;
    case 'tls_servername':
      need(args.length > 0);
      break;
    case 'expire': {
      need(args.length > 0);
      if (readDuration(first) < 0) throw new CorefileError(`expire can't be negative: ${first}`);
      break;
    }
    case 'policy':
      need(args.length > 0);
      if (first !== 'random' && first !== 'round_robin' && first !== 'sequential')
        throw words.error(`unknown policy '${first}'`);
      config.policy = first;
      break;
    case 'max_concurrent': {
      need(args.length > 0);
      const most = parseInteger(first);
      if (most < 0) throw new CorefileError(`max_concurrent can't be negative: ${most}`);
      break;
    }
    case 'next':
      need(args.length > 0);
      config.next = codesOf(args);
      break;
    case 'failfast_all_unhealthy_upstreams':
      need(args.length === 0);
      config.failFast = true;
      break;
    case 'failover':
      need(args.length > 0);
      config.failover = codesOf(args);
      break;
    default:
      throw words.error(`unknown property '${name}'`);
  }
}

function readHealthCheck(args: readonly string[]): void {
  const [duration = '', ...options] = args;
  if (readDuration(duration) < 0) throw new CorefileError(`health_check can't be negative: ${duration}`);
  for (let at = 0; at < options.length; at += 1) {
    const option = options[at] ?? '';
    if (option === 'no_rec') continue;
    if (option !== 'domain') throw new CorefileError(`health_check: unknown option ${option}`);
    at += 1;
    const domain = options[at] ?? '';
    if (!isDomainName(fullName(domain)))
      throw new CorefileError(`health_check: invalid domain name ${domain}`);
  }
}
