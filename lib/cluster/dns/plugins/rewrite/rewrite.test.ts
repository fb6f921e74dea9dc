import { describe, expect, it } from 'vitest';
import { anObject, aService, shown, startMachine } from '../../dns-machine.test-support';

const OBJECTS = [
  anObject('namespaces', '', 'default'),
  aService('default', 'web', {
    clusterIP: '10.96.1.1',
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
  }),
  aService('default', 'outside', { type: 'ExternalName', externalName: 'example.com' }),
];
const machine = (rules: string) =>
  startMachine({
    corefile: `.:53 {\n errors\n ${rules}\n kubernetes cluster.local in-addr.arpa {\n ttl 30\n fallthrough in-addr.arpa\n }\n forward . /etc/resolv.conf\n}\n`,
    objects: OBJECTS,
  });
const WEB = 'web.default.svc.cluster.local.';

describe('[D13] rewrite name', () => {
  it.each([
    [
      'rewrite name shop.example web.default.svc.cluster.local',
      'shop.example',
      ['shop.example. A 10.96.1.1'],
    ],
    [
      'rewrite name exact shop.example web.default.svc.cluster.local',
      'SHOP.example',
      ['shop.example. A 10.96.1.1'],
    ],
    ['rewrite name exact shop.example web.default.svc.cluster.local', 'a.shop.example', []],
    [
      'rewrite name suffix .shop.example .default.svc.cluster.local answer auto',
      'web.shop.example',
      ['web.shop.example. A 10.96.1.1'],
    ],
    // Without `answer auto` the answer is for another name than was asked for.
    [
      'rewrite name suffix .shop.example .default.svc.cluster.local',
      'web.shop.example',
      [`${WEB} A 10.96.1.1`],
    ],
    ['rewrite name prefix store web', 'store.default.svc.cluster.local', [`${WEB} A 10.96.1.1`]],
    [
      'rewrite name prefix store web answer auto',
      'store.default.svc.cluster.local',
      ['store.default.svc.cluster.local. A 10.96.1.1'],
    ],
    [
      'rewrite name substring shop.example.corp default.svc',
      'web.shop.example.corp.cluster.local',
      [`${WEB} A 10.96.1.1`],
    ],
    [
      'rewrite name regex (.*)\\.shop\\.example {1}.default.svc.cluster.local answer auto',
      'web.shop.example',
      ['web.shop.example. A 10.96.1.1'],
    ],
    [
      'rewrite name regex (.*)\\.shop\\.example {1}.default.svc.cluster.local answer name (.*)\\.default\\.svc\\.cluster\\.local {1}.shop.example',
      'web.shop.example',
      ['web.shop.example. A 10.96.1.1'],
    ],
    [
      'rewrite stop {\n name suffix .shop.example .default.svc.cluster.local\n answer auto\n }',
      'web.shop.example',
      ['web.shop.example. A 10.96.1.1'],
    ],
  ])('%s: %s', (rules, query, expected) => {
    expect(shown(machine(rules).ask(query))).toEqual(expected);
  });

  it('values of records are rewritten too', () => {
    const dns = machine(
      'rewrite name suffix .shop.example .default.svc.cluster.local answer auto answer value (.*)\\.default\\.svc\\.cluster\\.local {1}.shop.example',
    );
    expect(shown(dns.ask('_http._tcp.web.shop.example SRV'))).toEqual([
      '_http._tcp.web.shop.example. SRV 0 100 80 web.shop.example.',
    ]);
  });

  it('continue goes on to the next rule, stop does not', () => {
    const rules = (mode: string) =>
      `rewrite ${mode} name a.example b.example\n rewrite name b.example ${WEB}`;
    expect(shown(machine(rules('continue')).ask('a.example'))).toEqual(['a.example. A 10.96.1.1']);
    expect(machine(rules('stop')).ask('a.example').code).toBe('NXDOMAIN');
  });

  it('a name that is none after it fails', () => {
    const dns = machine('rewrite name regex (.*)\\.long\\.example {1}..example');
    expect(dns.ask('a.long.example').code).toBe('SERVFAIL');
    expect(dns.log.at(-1)).toBe(
      '[ERROR] plugin/errors: 2 a.long.example. A: invalid name after rewrite: a..example.',
    );
  });

  it('tells what it did', () => {
    const { trace } = machine('rewrite name shop.example web.default.svc.cluster.local').traced(
      'shop.example',
    );
    expect(trace[0]).toMatchObject({
      rule: 'rewrite name exact shop.example web.default.svc.cluster.local (Corefile:3)',
      effect: `asks ${WEB} A instead of shop.example. A`,
    });
  });
});

describe('[D13] rewrite of other things', () => {
  it.each([
    ['rewrite type ANY A', `${WEB} ANY`, { answers: [{ type: 'A' }] }],
    ['rewrite type AAAA HINFO', 'example.com AAAA', { answers: [] }],
    [`rewrite ttl ${WEB} 7`, WEB, { answers: [{ ttl: 7 }] }],
    [`rewrite ttl exact ${WEB} 60-`, WEB, { answers: [{ ttl: 60 }] }],
    [`rewrite ttl suffix .local -10`, WEB, { answers: [{ ttl: 10 }] }],
    [`rewrite ttl regex web.* 10-20`, WEB, { answers: [{ ttl: 20 }] }],
    [
      'rewrite rcode nosuch.default.svc.cluster.local NXDOMAIN NOERROR',
      'nosuch.default.svc.cluster.local',
      { code: 'NOERROR' },
    ],
    ['rewrite rcode regex .*\\.local 3 REFUSED', 'nosuch.default.svc.cluster.local', { code: 'REFUSED' }],
    [
      'rewrite cname exact example.com. example.org.',
      'outside.default.svc.cluster.local',
      {
        answers: [
          { type: 'CNAME', data: 'example.org.' },
          { name: 'example.org.', data: '23.192.228.85' },
        ],
      },
    ],
    ['rewrite edns0 local set 0xffee abcd', WEB, { answers: [{ data: '10.96.1.1' }] }],
  ])('%s: %s', (rules, query, expected) => {
    expect(machine(rules).ask(query)).toMatchObject(expected);
  });

  it('after a rule that stops, a bare code is written, and the error logged with 0', () => {
    const dns = startMachine({
      corefile: '.:53 {\n errors\n rewrite name a.example b.example\n kubernetes cluster.local\n}\n',
    });
    expect(dns.ask('a.example').code).toBe('SERVFAIL');
    expect(dns.log.at(-1)).toBe(
      '[ERROR] plugin/errors: 0 a.example. A: plugin/kubernetes: no next plugin found',
    );
  });
});
