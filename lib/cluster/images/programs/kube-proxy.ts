import { timeParts } from '../../../base';
import { CONFIG_PATH, type ReadConfig, readProxyConfig } from '../../kube-proxy-config';
import type { ProcessEnv } from '../../seams';
import { everywhere, type Program } from '../program';

/** kube-proxy's process. What it does for traffic is decided by the network, by the configuration read here. */
export const kubeProxy: Program<null> = {
  start(env) {
    const text = env.readFile(CONFIG_PATH);
    const read = text === undefined ? undefined : readProxyConfig(text);
    const log = logged(env, read);
    return read !== undefined && 'error' in read ? { state: null, log, exitCode: 1 } : { state: null, log };
  },
  listens: () => [{ address: '127.0.0.1', port: 10_249, protocol: 'TCP' }, everywhere(10_256)],
  serve: (state) => ({ state, reply: { kind: 'closed', why: 'reset' } }),
};

function logged(env: ProcessEnv, read: ReadConfig | undefined): readonly string[] {
  const line = (level: 'I' | 'E', from: string, text: string) => `${stamp(env.now, level)} ${from}] ${text}`;
  if (read !== undefined && 'error' in read) {
    const quoted = JSON.stringify(read.error);
    const failed = line('E', 'run.go:72', `"command failed" err=${quoted}`);
    return read.late === true
      ? [...begun(env, line), line('E', 'server.go:125', `"Error running ProxyServer" err=${quoted}`), failed]
      : [failed];
  }
  const mode = read?.config.mode ?? 'iptables';
  const chosen =
    mode === 'ipvs'
      ? ipvsLines(line, read?.config.scheduler)
      : [line('I', 'server_linux.go:132', '"Using iptables Proxier"')];
  return [...begun(env, line), ...chosen, line('I', 'server.go:529', '"Version info" version="v1.35.0"')];
}

type Line = (level: 'I' | 'E', from: string, text: string) => string;

function begun(env: ProcessEnv, line: Line): readonly string[] {
  return [
    line('I', 'server.go:219', `"Successfully retrieved NodeIPs" NodeIPs=["${env.podIP}"]`),
    line(
      'E',
      'server.go:256',
      '"Kube-proxy configuration may be incomplete or incorrect" err="nodePortAddresses is unset; NodePort connections will be accepted on all local IPs. Consider using `--nodeport-addresses primary`"',
    ),
    line('I', 'server.go:265', '"kube-proxy running in dual-stack mode" primary ipFamily="IPv4"'),
  ];
}

function ipvsLines(line: Line, scheduler: string | undefined): readonly string[] {
  const deprecated =
    '"The ipvs proxier is now deprecated and may be removed in a future release. Please use \'nftables\' instead."';
  const unset = '"IPVS scheduler not specified, use rr by default" ipFamily="IPv4"';
  return [
    line('I', 'server_linux.go:194', '"Using ipvs Proxier"'),
    line('E', 'server_linux.go:196', deprecated),
    ...(scheduler === 'rr' ? [line('I', 'proxier.go:351', unset)] : []),
  ];
}

/** "I1123 22:55:25.000000       1", as klog begins its lines. */
function stamp(now: number, level: 'I' | 'E'): string {
  const { date, clock } = timeParts(now);
  const micros = String(now % 1000)
    .padStart(3, '0')
    .padEnd(6, '0');
  return `${level}${date[1]}${date[2]} ${clock}.${micros}       1`;
}
