import { describe, expect, it } from 'vitest';
import { formatDuration } from '../../../base';
import { KUBEADM_COREFILE } from '../corefiles.test-support';
import { loadCorefile } from '../server/load';
import { CorefileError } from './dispenser';
import { compileGoPattern, groupCount, readDuration } from './go-values';
import { lexCorefile } from './lexer';
import { parseCorefile } from './parse-corefile';
import { normalizeZones, originsOf, zoneAddresses } from './zones';

const FILES: Readonly<Record<string, string>> = {
  '/etc/resolv.conf': 'search a.example\nnameserver 192.168.50.1\n',
  '/etc/coredns/custom/one.override': 'log\n',
  '/etc/coredns/custom/two.override': 'hosts {\n  10.1.1.1 a.example\n}\n',
  '/etc/coredns/inner': 'errors\n',
};
const sources = {
  readFile: (path: string) => FILES[path],
  listFiles: (folder: string) =>
    Object.keys(FILES)
      .filter((path) => path.startsWith(folder))
      .map((path) => path.slice(folder.length)),
  env: { UPSTREAM: '10.0.0.53' },
};
const load = (text: string) => loadCorefile('/etc/coredns/Corefile', text, sources);
const errorOf = (text: string) => {
  const loaded = load(text);
  return 'error' in loaded ? loaded.error : 'none';
};
const directives = (text: string) =>
  parseCorefile('/etc/coredns/Corefile', text, sources).map(({ keys, directives: found }) => [
    keys.join(' '),
    Object.keys(found).join(' '),
  ]);

describe('[D5] words', () => {
  it.each([
    ['a b\n  c', ['1 a', '1 b', '2 c']],
    ['a # comment\nb', ['1 a', '2 b']],
    ['a#b\nc', ['1 a', '2 c']],
    ['"two words" x', ['1 two words', '1 x']],
    ['"a \\"b\\" \\. c"', ['1 a "b" \\. c']],
    ['"over\nlines" x', ['1 over\nlines', '2 x']],
    ['', []],
  ])('%j', (text, expected) => {
    // A word that spans lines begins at its first.
    expect(lexCorefile(text).map(({ line, text: word }) => `${line} ${word}`)).toEqual(expected);
  });
});

describe('[D5] blocks, snippets, imports, variables', () => {
  it.each([
    ['one block', '.:53 {\n errors\n log\n}\n', [['.:53', 'errors log']]],
    [
      'two',
      'a.example {\n log\n}\nb.example:1053, c.example {\n errors\n}\n',
      [
        ['a.example', 'log'],
        ['b.example:1053 c.example', 'errors'],
      ],
    ],
    ['without braces', '.\nerrors\nlog\n', [['.', 'errors log']]],
    ['a snippet', '(basics) {\n errors\n log\n}\n. {\n import basics\n}\n', [['.', 'errors log']]],
    ['a file', '. {\n import inner\n log\n}\n', [['.', 'errors log']]],
    ['a pattern', '. {\n import custom/*.override\n}\n', [['.', 'log hosts']]],
    ['a pattern that matches nothing', '. {\n import custom/*.nothing\n log\n}\n', [['.', 'log']]],
    ['a variable', '. {\n forward . {$UPSTREAM}\n}\n', [['.', 'forward']]],
  ])('%s', (_, text, expected) => {
    expect(directives(text)).toEqual(expected);
  });

  it.each([
    [
      '.:53 {\n  errors\n  nosuch\n}\n',
      "/etc/coredns/Corefile:3 - Error during parsing: Unknown directive 'nosuch'",
    ],
    [
      '.:53 {\n  errors\n',
      "/etc/coredns/Corefile:2 - Syntax error: Unexpected token 'errors', expecting '}'",
    ],
    [
      '.:53 {\n  health {\n    lameduck 5s\n',
      '/etc/coredns/Corefile:3 - Error during parsing: Unexpected EOF',
    ],
    [
      '.:53 {\n  import nowhere\n}\n',
      '/etc/coredns/Corefile:2 - Error during parsing: File to import not found: nowhere',
    ],
    [
      '.:53 {\n  import a b\n}\n',
      '/etc/coredns/Corefile:2 - Error during parsing: Import takes only one argument (glob pattern or file)',
    ],
    [
      '(a) {\n log\n}\n(a) {\n log\n}\n',
      '/etc/coredns/Corefile:4 - Error during parsing: redeclaration of previously declared snippet a',
    ],
    [
      'a, {\n}',
      "/etc/coredns/Corefile:1 - Error during parsing: Expected another address but had '{' - check for extra comma",
    ],
  ])('%j is refused', (text, expected) => {
    expect(errorOf(text)).toBe(expected);
  });
});

describe('[D6] set-up: what CoreDNS would not take, in its own words', () => {
  const at = (line: number) => `/etc/coredns/Corefile:${line} - Error during parsing:`;
  it.each([
    ['kubernetes cluster.local {\n podz insecure\n}', `plugin/kubernetes: ${at(3)} unknown property 'podz'`],
    [
      'kubernetes cluster.local {\n pods sometimes\n}',
      'plugin/kubernetes: wrong value for pods: sometimes,  must be one of: disabled, verified, insecure',
    ],
    [
      'kubernetes cluster.local {\n ttl 4000\n}',
      `plugin/kubernetes: ${at(3)} ttl must be in range [0, 3600]: 4000`,
    ],
    [
      'kubernetes cluster.local {\n ttl soon\n}',
      'plugin/kubernetes: strconv.Atoi: parsing "soon": invalid syntax',
    ],
    [
      'kubernetes cluster.local\nkubernetes cluster.local',
      'plugin/kubernetes: this plugin can only be used once per Server Block',
    ],
    ['kubernetes in-addr.arpa', 'plugin/kubernetes: non-reverse zone name must be used'],
    [
      'kubernetes cluster.local {\n namespaces a\n namespace_labels b=c\n}',
      `plugin/kubernetes: ${at(5)} namespaces and namespace_labels cannot both be set`,
    ],
    [
      'kubernetes cluster.local {\n ignore nothing\n}',
      "plugin/kubernetes: unable to parse ignore value: 'nothing'",
    ],
    ['forward .', `plugin/forward: ${at(2)} Wrong argument count or unexpected line ending after '.'`],
    ['forward . nowhere', 'plugin/forward: not an IP address or file: "nowhere"'],
    [
      'forward . https://1.1.1.1',
      "plugin/forward: 'https' is not supported as a destination protocol in forward: https://1.1.1.1:443",
    ],
    ['forward . 1.1.1.1 {\n policy best\n}', `plugin/forward: ${at(3)} unknown policy 'best'`],
    ['forward . 1.1.1.1 {\n health_check never\n}', 'plugin/forward: time: invalid duration "never"'],
    ['cache 0', 'plugin/cache: cache TTL can not be zero or negative: 0'],
    [
      'cache 30 {\n servfail 10m\n}',
      'plugin/cache: caching SERVFAIL responses over 5 minutes is not permitted',
    ],
    ['cache {\n disable everything\n}', 'plugin/cache: cache type for disable must be "success" or "denial"'],
    ['reload 1s', 'plugin/reload: interval value must be greater or equal to 2s'],
    ['reload 10s 1ms', 'plugin/reload: jitter value must be greater or equal to 1s'],
    ['reload 10', 'plugin/reload: time: missing unit in duration "10"'],
    ['loadbalance best', 'plugin/loadbalance: unknown policy: best'],
    [
      'health {\n lameduck soon\n}',
      'plugin/health: unable to parse lameduck duration value: \'soon\' : time: invalid duration "soon"',
    ],
    ['health 8080', 'plugin/health: address 8080: missing port in address'],
    ['loop twice', `plugin/loop: ${at(2)} Wrong argument count or unexpected line ending after 'twice'`],
    ['errors stderr', `plugin/errors: ${at(2)} invalid log file: stderr`],
    ['log . {\n class some\n}', 'plugin/log: invalid Class: some'],
    ['rewrite name', 'plugin/rewrite: too few arguments for a name rule'],
    ['rewrite answer name a b', 'plugin/rewrite: response rewrites must begin with a name rule'],
    ['rewrite name regex (a b', 'plugin/rewrite: invalid regex matching pattern: (a'],
    [
      'rewrite name regex a(.*) {1}{2}',
      'plugin/rewrite: the rewrite regex pattern ({1}{2}) uses more subexpressions than its corresponding matching regex pattern (a(.*))',
    ],
    ['rewrite ttl a.example. never', "plugin/rewrite: invalid TTL 'never' for a ttl rule"],
    ['rewrite type A NOPE', 'plugin/rewrite: invalid type "NOPE"'],
    ['rewrite something a b', 'plugin/rewrite: invalid rule type "something"'],
    ['hosts {\n ttl -1\n}', `plugin/hosts: ${at(3)} ttl provided is invalid`],
    ['hosts {\n fallthrough\n 1.1.1.1 a\n}', `plugin/hosts: ${at(4)} unknown property '1.1.1.1'`],
    ['template IN NOPE', `plugin/template: ${at(2)} invalid RR class NOPE`],
    [
      'acl {\n deny net *\n}',
      `plugin/acl: ${at(3)} unexpected token "deny"; expect 'allow', 'block', 'filter' or 'drop'`,
    ],
    ['bind nowhere0', 'plugin/bind: not a valid IP address or interface name: "nowhere0"'],
    ['etcd example.org', `plugin/etcd: ${at(2)} the plugin etcd is not part of this simulation`],
  ])('%j', (line, expected) => {
    expect(errorOf(`.:53 {\n${line}\n}\n`)).toBe(expected);
  });

  it.each([
    ['. {\n log\n}\n.:53 {\n errors\n}\n', 'cannot serve dns://.:53 - it is already defined'],
    [
      '. {\n bind 127.0.0.1\n}\n. {\n log\n}\n',
      'cannot serve dns://.:53 - zone overlap listener capacity with dns://.:53 on 127.0.0.1',
    ],
    ['a..b {\n log\n}\n', 'error inspecting server blocks: zone is not a valid domain name: a..b'],
  ])('blocks that overlap: %j', (text, expected) => {
    expect(errorOf(text)).toBe(expected);
  });

  it('kubeadm’s loads, and has the hash that the real one prints', () => {
    const loaded = load(KUBEADM_COREFILE);
    if ('error' in loaded) throw new Error(loaded.error);
    expect(loaded.hash).toBe(
      '1b226df79860026c6a52e67daa10d7f0d57ec5b023288ec00c5e05f93523c894564e15b91770d3a07ae1cfbe861d15b37d4a0027e69c546ab112970993a3b03b',
    );
    expect(loaded.blocks[0]?.chain.map(({ name }) => name)).toEqual([
      'prometheus',
      'errors',
      'loadbalance',
      'cache',
      'kubernetes',
      'loop',
      'forward',
    ]);
  });
});

describe('zones, durations and patterns', () => {
  it.each([
    ['example.org', ['dns://example.org.:53']],
    ['example.org:1053', ['dns://example.org.:1053']],
    ['tls://.', ['tls://.:853']],
    ['10.0.0.0/8', ['dns://10.in-addr.arpa.:53']],
    ['10.96.0.0/15', ['dns://96.10.in-addr.arpa.:53', 'dns://97.10.in-addr.arpa.:53']],
    ['fd00::/8', ['dns://d.f.ip6.arpa.:53']],
  ])('%s', (key, expected) => {
    expect(zoneAddresses(key).map(({ transport, zone, port }) => `${transport}://${zone}:${port}`)).toEqual(
      expected,
    );
  });

  it('arguments, or else the block’s zones', () => {
    expect(originsOf([], ['dns://Example.org.:53', 'dns://.:53'])).toEqual(['example.org.', '.']);
    expect(originsOf(['Cluster.Local', '10.0.0.0/16'], ['dns://.:53'])).toEqual([
      'cluster.local.',
      '0.10.in-addr.arpa.',
    ]);
    expect(normalizeZones('a..b')).toEqual([]);
  });

  it.each([
    ['5s', 5000, '5s'],
    ['1h30m', 5_400_000, '1h30m0s'],
    ['1.5s', 1500, '1.5s'],
    ['250ms', 250, '250ms'],
    ['0', 0, '0s'],
    ['-2s', -2000, '-2s'],
  ])('%s', (text, ms, printed) => {
    expect(readDuration(text)).toBe(ms);
    expect(formatDuration(ms)).toBe(printed);
  });

  it.each([
    ['5 s', 'time: unknown unit " s" in duration "5 s"'],
    ['', 'time: invalid duration ""'],
    ['5x', 'time: unknown unit "x" in duration "5x"'],
  ])('%j is no duration', (text, message) => {
    expect(() => readDuration(text)).toThrow(new CorefileError(message));
  });

  it('Go’s patterns', () => {
    expect(compileGoPattern('(?i)^A(?P<x>b+)$')?.exec('abb')?.groups?.x).toBe('bb');
    expect(compileGoPattern('(?=a)')).toBeUndefined();
    expect(compileGoPattern('(a')).toBeUndefined();
    expect(groupCount(/(a)(?:b)(c)/)).toBe(2);
  });
});
