import { describe, expect, it } from 'vitest';
import { listRules } from './iptables-list';

const SAVED = `*nat
:POSTROUTING ACCEPT [7:420]
:KUBE-MARK-MASQ - [0:0]
:KUBE-SEP-A - [0:0]
:KUBE-SVC-A - [0:0]
[7:420] -A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING
[0:0] -A KUBE-MARK-MASQ -j MARK --set-xmark 0x4000/0x4000
[0:0] -A KUBE-SEP-A -s 10.244.1.3/32 -m comment --comment "default/web" -j KUBE-MARK-MASQ
[2:120] -A KUBE-SEP-A -p tcp -m comment --comment "default/web" -m recent --set --name KUBE-SEP-A --mask 255.255.255.255 --rsource -m tcp -j DNAT --to-destination 10.244.1.3:8080
[0:0] -A KUBE-SVC-A ! -s 10.244.0.0/16 -d 10.96.7.7/32 -p tcp -m comment --comment "default/web cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ
[123456:7] -A KUBE-SVC-A -m comment --comment "default/web -> 10.244.1.3:8080" -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-A
[0:0] -A KUBE-SVC-A -m mark ! --mark 0x4000/0x4000 -j RETURN
[0:0] -A KUBE-SVC-A ! -s 127.0.0.0/8 -d 127.0.0.0/8 -m conntrack ! --ctstate RELATED,ESTABLISHED -j DROP
COMMIT
`;
const PLAIN = { numeric: true, verbose: false, lineNumbers: false };

describe('[S16] iptables -L', () => {
  it('shows a chain as numbers', () => {
    expect(listRules(SAVED, 'KUBE-SVC-A', PLAIN)).toBe(
      [
        'Chain KUBE-SVC-A (0 references)',
        'target     prot opt source               destination         ',
        'KUBE-MARK-MASQ  6    -- !10.244.0.0/16        10.96.7.7            /* default/web cluster IP */ tcp dpt:80',
        'KUBE-SEP-A  0    --  0.0.0.0/0            0.0.0.0/0            /* default/web -> 10.244.1.3:8080 */ statistic mode random probability 0.50000000000',
        'RETURN     0    --  0.0.0.0/0            0.0.0.0/0            mark match ! 0x4000/0x4000',
        'DROP       0    -- !127.0.0.0/8          127.0.0.0/8          ! ctstate RELATED,ESTABLISHED',
        '',
      ].join('\n'),
    );
    expect(listRules(SAVED, 'KUBE-SEP-A', PLAIN)).toBe(
      [
        'Chain KUBE-SEP-A (1 references)',
        'target     prot opt source               destination         ',
        'KUBE-MARK-MASQ  0    --  10.244.1.3           0.0.0.0/0            /* default/web */',
        'DNAT       6    --  0.0.0.0/0            0.0.0.0/0            /* default/web */ recent: SET name: KUBE-SEP-A side: source mask: 255.255.255.255 tcp to:10.244.1.3:8080',
        '',
      ].join('\n'),
    );
  });

  it('shows names, counters and lines', () => {
    expect(listRules(SAVED, 'KUBE-SVC-A', { numeric: false, verbose: true, lineNumbers: true })).toBe(
      [
        'Chain KUBE-SVC-A (0 references)',
        'num   pkts bytes target     prot opt in     out     source               destination         ',
        '1        0     0 KUBE-MARK-MASQ  tcp  --  any    any    !10.244.0.0/16        10.96.7.7            /* default/web cluster IP */ tcp dpt:http',
        '2     123K     7 KUBE-SEP-A  all  --  any    any     anywhere             anywhere             /* default/web -> 10.244.1.3:8080 */ statistic mode random probability 0.50000000000',
        '3        0     0 RETURN     all  --  any    any     anywhere             anywhere             mark match ! 0x4000/0x4000',
        '4        0     0 DROP       all  --  any    any    !localhost/8          localhost/8          ! ctstate RELATED,ESTABLISHED',
        '',
      ].join('\n'),
    );
    expect(listRules(SAVED, 'POSTROUTING', { ...PLAIN, verbose: true })).toContain(
      'Chain POSTROUTING (policy ACCEPT 7 packets, 420 bytes)\n pkts bytes target ',
    );
  });

  it('knows every chain, and none that there is not', () => {
    expect(listRules(SAVED, undefined, PLAIN)?.match(/^Chain .*$/gm)).toEqual([
      'Chain POSTROUTING (policy ACCEPT)',
      'Chain KUBE-MARK-MASQ (2 references)',
      'Chain KUBE-SEP-A (1 references)',
      'Chain KUBE-SVC-A (0 references)',
    ]);
    expect(listRules(SAVED, 'KUBE-MARK-MASQ', PLAIN)).toContain('MARK or 0x4000');
    expect(listRules(SAVED, 'NO', PLAIN)).toBeUndefined();
  });
});
