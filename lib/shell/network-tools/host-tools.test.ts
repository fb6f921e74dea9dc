import { describe, expect, it } from 'vitest';
import type { HostNetwork } from '../../api';
import { createCancel } from '../../base';
import { runScript } from '../index';
import { tinyMachine, tinyWorld } from '../tiny-world.test-support';

const host: HostNetwork = {
  kind: 'node',
  isPrivileged: true,
  interfaces: () => [
    {
      index: 1,
      name: 'lo',
      kind: 'loopback',
      mtu: 65_536,
      mac: '00:00:00:00:00:00',
      addresses: [{ ip: '127.0.0.1', prefix: 8, scope: 'host' }],
    },
    {
      index: 2,
      name: 'eth0',
      kind: 'ethernet',
      mtu: 1500,
      mac: '52:54:00:aa:bb:cc',
      addresses: [{ ip: '192.168.50.11', prefix: 24, broadcast: '192.168.50.255', scope: 'global' }],
    },
    {
      index: 3,
      name: 'kube-ipvs0',
      kind: 'dummy',
      mtu: 1500,
      mac: '02:00:00:00:00:01',
      addresses: [{ ip: '10.96.0.1', prefix: 32, scope: 'global' }],
    },
  ],
  routes: () => [
    { to: 'default', via: '192.168.50.1', dev: 'eth0' },
    { to: '10.244.2.0/24', via: '192.168.50.12', dev: 'eth0' },
    { to: '192.168.50.0/24', dev: 'eth0', kernel: true, scope: 'link', source: '192.168.50.11' },
  ],
  sockets: () => [
    { protocol: 'TCP', address: '0.0.0.0', port: 10_250, process: 'kubelet', pid: 844 },
    { protocol: 'TCP', address: '::', port: 9100, process: 'node_exporter', pid: 901 },
    { protocol: 'UDP', address: '127.0.0.1', port: 53, process: 'coredns', pid: 900 },
  ],
  connections: () => [
    {
      protocol: 'TCP',
      state: 'TIME_WAIT',
      secondsLeft: 117,
      original: { source: '10.244.1.9', sourcePort: 32_770, destination: '10.96.0.1', destinationPort: 443 },
      reply: {
        source: '192.168.50.10',
        sourcePort: 6443,
        destination: '10.244.1.9',
        destinationPort: 32_770,
      },
      answered: true,
      assured: true,
    },
    {
      protocol: 'UDP',
      secondsLeft: 28,
      original: { source: '10.244.1.9', sourcePort: 32_772, destination: '10.96.0.10', destinationPort: 53 },
      reply: { source: '10.244.0.2', sourcePort: 53, destination: '10.244.1.9', destinationPort: 32_772 },
      answered: false,
      assured: false,
    },
  ],
  iptablesSave: ({ table, counters }) =>
    `*${table ?? 'all'}\n:INPUT ACCEPT [0:0]\n:KUBE-X - [0:0]\n${counters ? '[0:0] ' : ''}-A INPUT -j KUBE-X\nCOMMIT\n`,
  ipvsadm: (what) =>
    `IP Virtual Server version 1.2.1 (size=4096)\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\nTCP  10.96.0.1:443 rr\n  -> 192.168.50.10:6443           Masq    1      0          0         \nUDP  10.96.0.10:53 rr\n${what}\n`,
  ipset: ({ only, namesOnly }) =>
    only === 'NO' ? undefined : `${namesOnly ? 'names' : 'sets'} ${only ?? 'all'}\n`,
};

async function run(text: string, privileged = true) {
  const world = tinyWorld({
    host: () => ({ ...host, isPrivileged: privileged }),
    ping: ({ ip }) => ({
      outcome: {
        answered: false,
        latencyMs: 3,
        refusal: ip.startsWith('10.96.') ? 'port' : 'host',
        by: ip.startsWith('10.96.') ? ip : '10.244.1.9',
      },
      trace: [],
    }),
  });
  world.setAuto(true);
  let out = '';
  let err = '';
  const { status } = await runScript(text, {
    machine: tinyMachine(world, { user: 'root', kind: 'node' }),
    world,
    cancel: createCancel(),
    streams: {
      stdin: undefined,
      stdout: {
        write: async (piece) => {
          out += piece;
        },
      },
      stderr: {
        write: async (piece) => {
          err += piece;
        },
      },
      tty: false,
      cancel: createCancel(),
    },
  });
  return { out, err, status };
}

describe('[S16] tools about a machine’s network print in the formats of the real ones', () => {
  it.each<[string, string]>([
    [
      'ip addr show kube-ipvs0',
      '3: kube-ipvs0: <BROADCAST,NOARP> mtu 1500 qdisc noop state DOWN group default qlen 1000\n    link/ether 02:00:00:00:00:01 brd ff:ff:ff:ff:ff:ff\n    inet 10.96.0.1/32 scope global kube-ipvs0\n       valid_lft forever preferred_lft forever\n',
    ],
    ['ip -br a show dev eth0', 'eth0             UP             192.168.50.11/24 \n'],
    [
      'ip link show eth0',
      '2: eth0: <BROADCAST,MULTICAST,UP,LOWER_UP> mtu 1500 qdisc fq_codel state UP mode DEFAULT group default qlen 1000\n    link/ether 52:54:00:aa:bb:cc brd ff:ff:ff:ff:ff:ff\n',
    ],
    [
      'ip r',
      'default via 192.168.50.1 dev eth0 \n10.244.2.0/24 via 192.168.50.12 dev eth0 \n192.168.50.0/24 dev eth0 proto kernel scope link src 192.168.50.11 \n',
    ],
    [
      'ip route get 10.244.2.7',
      '10.244.2.7 via 192.168.50.12 dev eth0 src 192.168.50.11 uid 0 \n    cache \n',
    ],
    ['ip route get 10.96.0.1', 'local 10.96.0.1 dev lo src 10.96.0.1 uid 0 \n    cache <local> \n'],
    [
      'ss -lntp',
      'State  Recv-Q Send-Q Local Address:Port  Peer Address:PortProcess                                \nLISTEN 0      4096         0.0.0.0:10250      0.0.0.0:*    users:(("kubelet",pid=844,fd=3))      \nLISTEN 0      4096               *:9100             *:*    users:(("node_exporter",pid=901,fd=3))\n',
    ],
    [
      'netstat -tlnp',
      'Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       PID/Program name    \ntcp        0      0 0.0.0.0:10250           0.0.0.0:*               LISTEN      844/kubelet\ntcp6       0      0 :::9100                 :::*                    LISTEN      901/node_exporter\n',
    ],
    [
      'netstat -ul',
      'Active Internet connections (only servers)\nProto Recv-Q Send-Q Local Address           Foreign Address         State       \nudp        0      0 localhost:53            0.0.0.0:*                           \n',
    ],
    ['ss -Hlnu', 'UNCONN 0      0      127.0.0.1:53 0.0.0.0:*\n'],
    ['ss -tn', 'State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n'],
    ['ss -ul | tail -1', 'UNCONN 0      0          127.0.0.1:domain      0.0.0.0:*          \n'],
    ['ss -xl', 'Netid State Recv-Q Send-Q Local Address:Port Peer Address:PortProcess\n'],
    [
      'ss -s | head -6',
      'Total: 3\nTCP:   2 (estab 0, closed 0, orphaned 0, timewait 0)\n\nTransport Total     IP        IPv6\nRAW\t  0         0         0        \nUDP\t  1         1         0        \n',
    ],
    ['ss -V', 'ss utility, iproute2-6.1.0\n'],
    ['ss -h | head -2', 'Usage: ss [ OPTIONS ]\n       ss [ OPTIONS ] [ FILTER ]\n'],
    [
      'conntrack -L -p tcp 2>/dev/null',
      'tcp      6 117 TIME_WAIT src=10.244.1.9 dst=10.96.0.1 sport=32770 dport=443 src=192.168.50.10 dst=10.244.1.9 sport=6443 dport=32770 [ASSURED] mark=0 use=1\n',
    ],
    [
      'conntrack -L -d 10.96.0.10 2>/dev/null',
      'udp      17 28 src=10.244.1.9 dst=10.96.0.10 sport=32772 dport=53 [UNREPLIED] src=10.244.0.2 dst=10.244.1.9 sport=53 dport=32772 mark=0 use=1\n',
    ],
    [
      'iptables-save -t nat -c',
      '*nat\n:INPUT ACCEPT [0:0]\n:KUBE-X - [0:0]\n[0:0] -A INPUT -j KUBE-X\nCOMMIT\n',
    ],
    ['iptables -t nat -S', '-P INPUT ACCEPT\n-N KUBE-X\n-A INPUT -j KUBE-X\n'],
    ['iptables -S KUBE-X', '-N KUBE-X\n'],
    [
      'iptables -t nat -nL',
      'Chain INPUT (policy ACCEPT)\ntarget     prot opt source               destination         \nKUBE-X     0    --  0.0.0.0/0            0.0.0.0/0           \n\nChain KUBE-X (1 references)\ntarget     prot opt source               destination         \n',
    ],
    [
      'ipvsadm -Ln -t 10.96.0.1:443',
      'Prot LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward Weight ActiveConn InActConn\nTCP  10.96.0.1:443 rr\n  -> 192.168.50.10:6443           Masq    1      0          0         \n',
    ],
    ['ipvsadm -Ln --stats | tail -1', 'statistics\n'],
    ['ipvsadm -Lnc | tail -1', 'connections\n'],
    ['ipset list KUBE-CLUSTER-IP', 'sets KUBE-CLUSTER-IP\n'],
    ['ipset list -n', 'names all\n'],
    [
      'ping -c 1 10.96.0.1 | sed -n 2,5p',
      'From 10.96.0.1 icmp_seq=1 Destination Port Unreachable\n\n--- 10.96.0.1 ping statistics ---\n1 packets transmitted, 0 received, +1 errors, 100% packet loss, time 0ms\n',
    ],
  ])('%s', async (line, expected) => {
    expect((await run(line)).out).toBe(expected);
  });

  it.each<[string, string, number]>([
    [
      'iptables-save',
      'iptables-save v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)\n',
      4,
    ],
    ['ipset list', 'ipset v7.17: Kernel error received: Operation not permitted\n', 1],
    [
      'conntrack -L',
      'conntrack v1.4.7 (conntrack-tools): Operation failed: sorry, you must be root or get CAP_NET_ADMIN capability to do this\n',
      1,
    ],
  ])('%s without the right to look', async (line, err, status) => {
    expect(await run(line, false)).toEqual({ out: '', err, status });
  });

  it('what there is not', async () => {
    expect(await run('ipset list NO')).toMatchObject({
      err: 'ipset v7.17: The set with the given name does not exist\n',
      status: 1,
    });
    expect(await run('ip addr show eth9')).toMatchObject({
      err: 'Device "eth9" does not exist.\n',
      status: 1,
    });
    expect(await run('iptables -S NO')).toMatchObject({
      err: 'iptables v1.8.9 (nf_tables): No chain/target/match by that name.\n',
      status: 1,
    });
  });
});
