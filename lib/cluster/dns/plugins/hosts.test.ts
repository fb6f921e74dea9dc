import { describe, expect, it } from 'vitest';
import { dataOf, startMachine } from '../dns-machine.test-support';

const machine = (lines: string, more = '') =>
  startMachine({
    corefile: `.:53 {\n errors\n hosts ${lines}\n ${more}\n forward . /etc/resolv.conf\n}\n`,
    files: {
      '/etc/coredns/names':
        '10.1.1.1 a.example b.example # both\n10.1.1.2 a.example\nfd00::1 a.example\nnonsense x\n',
    },
  });

describe('[D10] hosts', () => {
  it.each([
    ['{\n 10.1.1.1 a.example\n fallthrough\n}', 'a.example', ['10.1.1.1']],
    ['{\n 10.1.1.1 a.example\n fallthrough\n}', 'A.Example', ['10.1.1.1']],
    ['{\n 10.1.1.1 a.example\n fallthrough\n}', 'a.example AAAA', []],
    ['{\n 10.1.1.1 a.example\n fallthrough\n}', 'example.org', ['23.192.228.85']],
    ['{\n 10.1.1.1 a.example\n fallthrough b.example\n}', 'a.example', ['10.1.1.1']],
    ['/etc/coredns/names {\n fallthrough\n}', 'a.example', ['10.1.1.1', '10.1.1.2']],
    ['/etc/coredns/names {\n fallthrough\n}', 'a.example AAAA', ['fd00::1']],
    ['/etc/coredns/names {\n fallthrough\n}', '1.1.1.10.in-addr.arpa PTR', ['a.example.', 'b.example.']],
    ['/etc/coredns/names {\n no_reverse\n fallthrough\n}', '1.1.1.10.in-addr.arpa PTR', []],
    ['/etc/coredns/names a.example {\n fallthrough\n}', 'b.example', []],
    ['{\n fallthrough\n}', 'coredns-1', ['10.244.0.2']],
  ])('hosts %j: %s', (lines, query, expected) => {
    expect(dataOf(machine(lines).ask(query))).toEqual(expected);
  });

  it('what is not there and may not fall through fails, in silence', () => {
    const dns = machine('{\n 10.1.1.1 a.example\n}');
    expect(dns.ask('example.org').code).toBe('SERVFAIL');
    expect(dns.log.filter((line) => line.includes('ERROR'))).toEqual([]);
    expect(dns.traced('example.org').trace[0]?.effect).toBe(
      'has no example.org., and does not let it fall through: SERVFAIL',
    );
  });

  it('times: 3600 s, or what it is told', () => {
    const ttl = (lines: string) => machine(lines).ask('a.example').answers[0]?.ttl;
    expect(ttl('{\n 10.1.1.1 a.example\n}')).toBe(3600);
    expect(ttl('{\n ttl 60\n 10.1.1.1 a.example\n}')).toBe(60);
  });

  it('the file is read anew; a missing one is told of', () => {
    const dns = machine('/etc/coredns/names {\n fallthrough\n}');
    dns.files['/etc/coredns/names'] = '10.9.9.9 a.example\n';
    expect(dataOf(dns.ask('a.example'))).toEqual(['10.9.9.9']);
    expect(machine('/etc/nowhere {\n fallthrough\n}').log).toContain(
      '[WARNING] plugin/hosts: File does not exist: /etc/nowhere',
    );
  });
});
