import { describe, expect, it } from 'vitest';
import type { Request } from '../../../api';
import { KUBEADM_COREFILE } from '../corefiles.test-support';
import {
  anObject,
  aService,
  aSlice,
  dataOf,
  type MachineOptions,
  shown,
  startMachine,
} from '../dns-machine.test-support';
import { listenersOf, pageOf, stopCoreDns } from './index';

const OBJECTS = [
  anObject('namespaces', '', 'default'),
  aService('default', 'web', {
    clusterIP: '10.96.1.1',
    ports: [{ name: 'http', port: 80, protocol: 'TCP' }],
  }),
  aService('default', 'many', { clusterIP: 'None' }),
  aSlice(
    'default',
    'many',
    Array.from({ length: 80 }, (_, n) => ({ addresses: [`10.244.1.${n + 1}`] })),
  ),
];
const WEB = 'web.default.svc.cluster.local';
const machine = (corefile: string, more: Partial<MachineOptions> = {}) =>
  startMachine({ corefile, objects: OBJECTS, ...more });
const sockets = (corefile: string) =>
  listenersOf(machine(corefile).state, { podIP: '10.244.0.2' } as never).map(
    ({ address, port, protocol }) => `${address}:${port}/${protocol}`,
  );

describe('[D20] the start', () => {
  it('prints what the real one prints', () => {
    expect(machine(KUBEADM_COREFILE).log).toEqual([
      'maxprocs: Leaving GOMAXPROCS=2: CPU quota undefined',
      '.:53',
      expect.stringMatching(/^\[INFO\] plugin\/reload: Running configuration SHA512 = 1b226df7/),
      'CoreDNS-1.13.1',
      'linux/amd64, go1.25.2, 1db4568',
    ]);
  });

  it('one line for each zone of each port', () => {
    const { log } = machine(
      'b.example a.example:1053 {\n whoami\n}\n1x.example {\n whoami\n bind 127.0.0.1\n}\n',
    );
    expect(log.slice(1, -2)).toEqual([
      'b.example.:53',
      'a.example.:1053',
      'Warning: Domain "1x.example." does not follow RFC1035 preferred syntax',
      '1x.example.:53 on 127.0.0.1',
    ]);
  });

  it.each([
    ['.:53 {\n  nosuch\n}\n', "/etc/coredns/Corefile:2 - Error during parsing: Unknown directive 'nosuch'"],
    ['.:53 {\n  forward . nowhere\n}\n', 'plugin/forward: not an IP address or file: "nowhere"'],
  ])('%j ends it with 1', (corefile, last) => {
    const dns = machine(corefile);
    expect(dns.exitCode).toBe(1);
    expect(dns.log.at(-1)).toBe(last);
  });

  it('a Corefile that is not there', () => {
    const dns = startMachine({ corefile: '', files: {} });
    expect(dns.exitCode).toBe(0);
    const gone = startMachine({ corefile: '.', files: { '/etc/coredns/Corefile': undefined as never } });
    expect([gone.exitCode, gone.log.at(-1)]).toEqual([
      1,
      'open /etc/coredns/Corefile: no such file or directory',
    ]);
  });
});

describe('[D21] without the API server', () => {
  const cut = () => {
    let reachable = false;
    const servers = (address: string, request: Request) =>
      request.kind === 'connect' && !reachable && address === '10.96.0.1:443'
        ? ({ kind: 'dropped' } as const)
        : undefined;
    const dns = machine('.:53 {\n ready\n errors\n kubernetes cluster.local\n}\n', { servers });
    return {
      dns,
      mend: () => {
        reachable = true;
      },
    };
  };

  it('it waits five seconds, then serves failures, and is not ready', () => {
    const { dns, mend } = cut();
    expect(dns.log.slice(1)).toEqual([
      '[INFO] plugin/kubernetes: waiting for Kubernetes API before starting server',
      '[INFO] plugin/kubernetes: waiting for Kubernetes API before starting server',
    ]);
    expect(pageOf(dns.state, 8181, '/ready')).toMatchObject({ status: 503, body: 'kubernetes' });
    expect(listenersOf(dns.state, { podIP: '' } as never).map(({ port }) => port)).toEqual([8181]);
    dns.advance(4000);
    expect(dns.log).toContain('[WARNING] plugin/kubernetes: starting server with unsynced Kubernetes API');
    expect(dns.ask(WEB)).toMatchObject({ code: 'SERVFAIL', authority: [{ type: 'SOA' }] });
    mend();
    dns.advance(1000);
    expect(dataOf(dns.ask(WEB))).toEqual(['10.96.1.1']);
    expect(pageOf(dns.state, 8181, '/ready')).toMatchObject({ status: 200, body: 'OK' });
  });
});

describe('[D22] reload', () => {
  const CHANGED = KUBEADM_COREFILE.replace('ttl 30', 'ttl 7');
  const ttl = (dns: ReturnType<typeof machine>) => dns.ask(WEB).answers[0]?.ttl;

  it('a changed file takes effect within its interval, and says so', () => {
    const dns = machine(KUBEADM_COREFILE);
    expect(ttl(dns)).toBe(30);
    dns.files['/etc/coredns/Corefile'] = CHANGED;
    dns.advance(20_000);
    expect(ttl(dns)).toBe(30);
    dns.advance(18_000);
    expect(ttl(dns)).toBe(7);
    expect(dns.log.slice(5)).toEqual([
      '[INFO] Reloading',
      expect.stringMatching(/^\[INFO\] plugin\/reload: Running configuration SHA512 = [0-9a-f]{128}$/),
      '[INFO] Reloading complete',
    ]);
  });

  it('one that cannot be loaded leaves the old one, and is tried once', () => {
    const dns = machine(KUBEADM_COREFILE);
    dns.files['/etc/coredns/Corefile'] = CHANGED.replace('loadbalance', 'loadbalanze');
    dns.advance(120_000);
    expect(ttl(dns)).toBe(30);
    const error = "/etc/coredns/Corefile:22 - Error during parsing: Unknown directive 'loadbalanze'";
    expect(dns.log.slice(5)).toEqual([
      '[INFO] Reloading',
      `[ERROR] Restart failed: ${error}`,
      `[ERROR] plugin/reload: Corefile changed but reload failed: starting with listener file descriptors: ${error}`,
    ]);
    expect(pageOf(dns.state, 9153, '/metrics')?.body).toContain('coredns_reload_failed_total 1\n');
    dns.files['/etc/coredns/Corefile'] = CHANGED;
    dns.advance(40_000);
    expect(ttl(dns)).toBe(7);
  });

  it('one that cannot be parsed is told of at each look', () => {
    const dns = machine(KUBEADM_COREFILE);
    dns.files['/etc/coredns/Corefile'] = '.:53 {\n errors\n';
    dns.advance(80_000);
    const warning =
      "[WARNING] plugin/reload: Corefile parse failed: /etc/coredns/Corefile:2 - Syntax error: Unexpected token 'errors', expecting '}'";
    expect(dns.log.slice(5)).toEqual([warning, warning]);
    expect(ttl(dns)).toBe(30);
  });

  it('without the plugin nothing changes; an import’s change counts', () => {
    const still = machine('. {\n kubernetes cluster.local\n}\n');
    still.files['/etc/coredns/Corefile'] = '. {\n whoami\n}\n';
    still.advance(300_000);
    expect(dataOf(still.ask(WEB))).toEqual(['10.96.1.1']);
    const importing = machine('. {\n import extra\n reload 10s\n forward . /etc/resolv.conf\n}\n', {
      files: { '/etc/coredns/extra': 'template IN A a.example {\n answer "a.example A 10.1.1.1"\n}\n' },
    });
    expect(dataOf(importing.ask('a.example'))).toEqual(['10.1.1.1']);
    importing.files['/etc/coredns/extra'] = 'template IN A a.example {\n answer "a.example A 10.1.1.2"\n}\n';
    importing.advance(15_000);
    expect(dataOf(importing.ask('a.example'))).toEqual(['10.1.1.2']);
  });
});

describe('[D24] server blocks', () => {
  const two = `.:53 {
  template IN A . {
    answer "{{ .Name }} A 10.0.0.1"
  }
}
a.example:53 {
  template IN A . {
    answer "{{ .Name }} A 10.0.0.2"
  }
}
b.a.example b.example:1053 {
  template IN A . {
    answer "{{ .Name }} A 10.0.0.3"
  }
}
`;
  it.each([
    ['x.example', 53, '10.0.0.1'],
    ['a.example', 53, '10.0.0.2'],
    ['x.A.Example', 53, '10.0.0.2'],
    ['x.b.a.example', 53, '10.0.0.3'],
    ['b.example', 53, '10.0.0.1'],
    ['b.example', 1053, '10.0.0.3'],
    ['x.example', 1053, undefined],
  ])('%s on port %i', (name, port, expected) => {
    const answer = machine(two).ask(name, { port });
    expect(answer.answers[0]?.data).toBe(expected);
    expect(answer.code).toBe(expected === undefined ? 'REFUSED' : 'NOERROR');
  });

  it('sockets', () => {
    expect(sockets(KUBEADM_COREFILE)).toEqual([
      '0.0.0.0:53/UDP',
      '0.0.0.0:53/TCP',
      '0.0.0.0:8080/TCP',
      '0.0.0.0:8181/TCP',
      '0.0.0.0:9153/TCP',
    ]);
    expect(sockets('.:1053 {\n bind 127.0.0.1 eth0\n health localhost:9000\n prometheus\n}\n')).toEqual([
      '127.0.0.1:1053/UDP',
      '127.0.0.1:1053/TCP',
      '10.244.0.2:1053/UDP',
      '10.244.0.2:1053/TCP',
      '127.0.0.1:9000/TCP',
      '127.0.0.1:9153/TCP',
    ]);
  });
});

describe('[D25] messages', () => {
  it('what the client takes is what it gets: cut over UDP, whole over TCP', () => {
    const dns = machine(KUBEADM_COREFILE);
    const query = { name: 'many.default.svc.cluster.local', type: 'A' };
    expect(dns.ask(query)).toMatchObject({ truncated: true, compressed: true });
    expect(dns.ask(query, { protocol: 'TCP' }).answers).toHaveLength(80);
    expect(dns.ask({ ...query, edns: { size: 4096 } }).answers).toHaveLength(80);
  });

  it.each([
    [undefined, undefined],
    [{ size: 1232 }, { size: 1232, dnssecOk: false, options: [] }],
    [
      {
        size: 1232,
        dnssecOk: true,
        options: [
          { code: 10, data: 'ab' },
          { code: 8, data: 'cd' },
        ],
      },
      { size: 1232, dnssecOk: true, options: [{ code: 10, data: 'ab' }] },
    ],
  ])('EDNS %j comes back as %j', (edns, expected) => {
    expect(machine(KUBEADM_COREFILE).ask({ name: WEB, type: 'A', edns }).edns).toEqual(expected);
  });

  it('an unknown version of EDNS, another class, a name that is none', () => {
    const dns = machine(KUBEADM_COREFILE);
    expect(dns.ask({ name: WEB, type: 'A', edns: { size: 1232, version: 1 } }).code).toBe('BADVERS');
    expect(
      machine('. {\n kubernetes cluster.local\n}\n').ask({ name: WEB, type: 'A', class: 'CH' }).code,
    ).toBe('REFUSED');
    expect(dns.ask('a..b').code).toBe('FORMERR');
  });
});

describe('[D26] pages and the end', () => {
  it('health, readiness, metrics', () => {
    const dns = machine(KUBEADM_COREFILE);
    for (const query of [WEB, `${WEB} AAAA`, 'example.com', 'example.com']) dns.ask(query);
    expect(pageOf(dns.state, 8080, '/health')).toMatchObject({ status: 200, body: 'OK' });
    expect(pageOf(dns.state, 8080, '/ready')).toBeUndefined();
    const { body = '' } = pageOf(dns.state, 9153, '/metrics') ?? {};
    for (const line of [
      'coredns_build_info{goversion="go1.25.2",revision="1db4568",version="1.13.1"} 1',
      '# TYPE coredns_dns_requests_total counter',
      'coredns_dns_requests_total{family="1",proto="udp",server="dns://:53",type="A",view="",zone="."} 3',
      'coredns_dns_responses_total{plugin="kubernetes",rcode="NOERROR",server="dns://:53",view="",zone="."} 2',
      'coredns_dns_responses_total{plugin="cache",rcode="NOERROR",server="dns://:53",view="",zone="."} 1',
      'coredns_cache_hits_total{type="success"} 1',
      'coredns_plugin_enabled{name="kubernetes",server="dns://:53",view="",zone="."} 1',
    ])
      expect(body.split('\n')).toContain(line);
  });

  it('SIGTERM: it goes on serving for its lameduck time, not ready any more', () => {
    const dns = machine(KUBEADM_COREFILE);
    const stop = stopCoreDns(dns.state);
    expect(stop).toMatchObject({
      exitCode: 0,
      log: [
        '[INFO] SIGTERM: Shutting down servers then terminating',
        '[INFO] plugin/health: Going into lameduck mode for 5s',
      ],
    });
    expect(stop.takesMs).toBeGreaterThanOrEqual(5000);
    const ports = listenersOf(stop.state as never, { podIP: '' } as never).map(({ port }) => port);
    expect(ports).toContain(53);
    expect(ports).not.toContain(8181);
  });
});

it('[D12] a process is plain data: restored at any moment it goes on alike', () => {
  const run = (restoring: boolean) => {
    const dns = machine(`${KUBEADM_COREFILE.replace('errors', 'errors\n    log')}`);
    const answers: string[] = [];
    for (let step = 0; step < 30; step += 1) {
      if (restoring && step % 4 === 0) dns.restore();
      const query = ['example.com', 'many.default.svc.cluster.local', WEB, 'nosuch.example'][step % 4] ?? WEB;
      answers.push(shown(dns.ask(query)).join(' '));
      dns.advance(3700);
    }
    return [answers, dns.log, JSON.stringify(dns.state)];
  };
  expect(run(true)).toEqual(run(false));
});
