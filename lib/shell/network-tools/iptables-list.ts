/** How `iptables -L` shows rules. */
export interface ListStyle {
  /** -n: addresses, ports and protocols as numbers. */
  readonly numeric: boolean;
  /** -v: counters and interfaces too. */
  readonly verbose: boolean;
  readonly lineNumbers: boolean;
}

const PROTOCOLS: Readonly<Record<string, string>> = { all: '0', icmp: '1', tcp: '6', udp: '17', sctp: '132' };
const SERVICES: Readonly<Record<string, string>> = { 22: 'ssh', 53: 'domain', 80: 'http', 443: 'https' };

/** One rule as it was saved, taken apart. */
interface Rule {
  readonly packets: string;
  readonly bytes: string;
  readonly source: string;
  readonly destination: string;
  readonly protocol: string;
  readonly target: string;
  /** The matches in their order, then what the target is told. */
  readonly details: readonly Option[];
}

interface Option {
  readonly name: string;
  readonly not: boolean;
  readonly value: string;
}

/** A chain of what `iptables-save -c` prints for one table. */
interface Chain {
  readonly name: string;
  readonly policy: string;
  readonly packets: string;
  readonly bytes: string;
  readonly rules: readonly Rule[];
}

/** `iptables -L [CHAIN]` from what `iptables-save -c` prints for that table; undefined when there is no such chain. */
export function listRules(saved: string, only: string | undefined, style: ListStyle): string | undefined {
  const chains = readChains(saved);
  const shown = chains.filter(({ name }) => only === undefined || name === only);
  if (shown.length === 0) return undefined;
  const references = new Map<string, number>();
  for (const { target } of chains.flatMap(({ rules }) => rules))
    references.set(target, (references.get(target) ?? 0) + 1);
  return shown.map((chain) => printChain(chain, references.get(chain.name) ?? 0, style)).join('\n');
}

function readChains(saved: string): readonly Chain[] {
  const lines = saved.split('\n');
  return lines.flatMap((line) => {
    const [, name, policy = '-', packets = '0', bytes = '0'] =
      /^:(\S+) (\S+)(?: \[(\d+):(\d+)\])?/.exec(line) ?? [];
    if (name === undefined) return [];
    const own = lines.flatMap((each) => {
      const [, counted = '0', size = '0', chain, rest = ''] =
        /^(?:\[(\d+):(\d+)\] )?-A (\S+) ?(.*)$/.exec(each) ?? [];
      return chain === name ? [readRule(counted, size, rest)] : [];
    });
    return [{ name, policy, packets, bytes, rules: own }];
  });
}

function readRule(packets: string, bytes: string, text: string): Rule {
  const words = [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
    ([, quoted, plain]) => quoted ?? plain ?? '',
  );
  const options: Option[] = [];
  let not = false;
  let value: string[] = [];
  let name: string | undefined;
  const end = () => {
    if (name !== undefined) options.push({ name, not, value: value.join(' ') });
  };
  for (const [index, word] of words.entries()) {
    const isNot = word === '!';
    if (!isNot && !word.startsWith('-')) value.push(word);
    else if (!isNot) {
      end();
      not = words[index - 1] === '!';
      name = word.replace(/^--?/, '');
      value = [];
    }
  }
  end();
  const one = (wanted: string, fallback: string) => {
    const found = options.find((option) => option.name === wanted);
    return found === undefined ? ` ${fallback}` : `${found.not ? '!' : ' '}${found.value}`;
  };
  return {
    packets,
    bytes,
    source: one('s', '0.0.0.0/0'),
    destination: one('d', '0.0.0.0/0'),
    protocol: one('p', 'all'),
    target: one('j', '').trim(),
    details: options.filter((option) => !['s', 'd', 'p', 'j', 'i', 'o'].includes(option.name)),
  };
}

function printChain({ name, policy, packets, bytes, rules }: Chain, references: number, style: ListStyle) {
  const counted = style.verbose ? ` ${packets} packets, ${bytes} bytes` : '';
  const about = policy === '-' ? `${references} references` : `policy ${policy}${counted}`;
  const titles = `${style.lineNumbers ? 'num  ' : ''}${style.verbose ? ' pkts bytes ' : ''}target     prot opt${
    style.verbose ? ' in     out    ' : ''
  } source               destination         `;
  const rows = rules.map((rule, index) => printRule(rule, index + 1, style));
  return `${[`Chain ${name} (${about})`, titles, ...rows].join('\n')}\n`;
}

function printRule(rule: Rule, line: number, style: ListStyle): string {
  const any = style.numeric ? '*' : 'any';
  const protocol = rule.protocol.trim().replace('!', '');
  return [
    style.lineNumbers ? `${String(line).padEnd(4)} ` : '',
    style.verbose ? `${short(rule.packets)}${short(rule.bytes)}` : '',
    `${rule.target.padEnd(9)} `,
    rule.protocol.startsWith('!') ? '!' : ' ',
    `${(style.numeric ? (PROTOCOLS[protocol] ?? protocol) : protocol).padEnd(4)} -- `,
    style.verbose ? ` ${any.padEnd(6)} ${any.padEnd(6)} ` : '',
    address(rule.source, style),
    address(rule.destination, style),
    ...details(rule, style),
  ].join('');
}

/** A counter in five columns, with K, M or G where it needs more. */
function short(count: string): string {
  let left = Number(count);
  for (const unit of ['', 'K', 'M']) {
    if (left <= 99_999)
      return `${unit === '' ? String(left).padStart(5) : `${String(left).padStart(4)}${unit}`} `;
    left = Math.round(left / 1000);
  }
  return `${String(left).padStart(4)}G `;
}

function address(text: string, { numeric }: ListStyle): string {
  const plain = text.slice(1).replace(/\/32$/, '');
  const named = plain === '0.0.0.0/0' ? 'anywhere' : plain.replace(/^127\.0\.0\.[01](?=\/|$)/, 'localhost');
  return `${text.charAt(0)}${(numeric ? plain : named).padEnd(19)} `;
}

/** What each match, and the target, says of itself. */
function details({ details: options, target }: Rule, style: ListStyle): readonly string[] {
  const of = (name: string) => options.find((option) => option.name === name);
  return options.map(({ name, not, value }) => {
    switch (name) {
      case 'm':
        return heading(value, of);
      case 'comment':
        return ` /* ${value} */`;
      case 'dport':
        return ` dpt:${style.numeric ? value : (SERVICES[value] ?? value)}`;
      case 'ctstate':
        return `${not ? ' !' : ''} ctstate ${value}`;
      case 'mark':
        return ` mark match ${not ? '! ' : ''}${value}`;
      case 'dst-type':
      case 'src-type':
        return ` ${name} ${not ? '!' : ''}${value}`;
      case 'match-set':
        return `${not ? ' !' : ''} match-set ${value}`;
      case 'nfacct-name':
        return ` nfacct-name  ${value}`;
      case 'physdev-is-in':
        return `${not ? ' !' : ''} --physdev-is-in`;
      case 'probability':
        return ` probability ${value}`;
      case 'mode':
        return ` mode ${value}`;
      case 'to-destination':
        return ` to:${value}`;
      case 'random-fully':
        return ' random-fully';
      case 'reject-with':
        return ` reject-with ${value}`;
      case 'set-xmark':
        return target === 'MARK' ? ` ${marking(value)}` : '';
      default:
        return '';
    }
  });
}

function heading(match: string, of: (name: string) => Option | undefined): string {
  if (match === 'addrtype') return ' ADDRTYPE match';
  if (match === 'physdev') return ' PHYSDEV match';
  if (match === 'recent') return recent(of);
  return ['tcp', 'udp', 'sctp', 'statistic'].includes(match) ? ` ${match}` : '';
}

/** Session affinity's list of callers: its words have an order of their own. */
function recent(of: (name: string) => Option | undefined): string {
  const seconds = of('seconds');
  return [
    ' recent:',
    ...(of('set') ? ['SET'] : []),
    ...(of('rcheck') ? ['CHECK'] : []),
    ...(seconds ? [`seconds: ${seconds.value}`] : []),
    ...(of('reap') ? ['reap'] : []),
    `name: ${of('name')?.value}`,
    'side: source',
    `mask: ${of('mask')?.value}`,
  ].join(' ');
}

/** What --set-xmark does to the mark, in a word where there is one. */
function marking(value: string): string {
  const [mark, mask] = value.split('/');
  if (mark === mask) return `MARK or ${mark}`;
  if (Number(mask) === 0) return `MARK xor ${mark}`;
  return mask === '0xffffffff' ? `MARK set ${mark}` : `MARK xset ${value}`;
}
