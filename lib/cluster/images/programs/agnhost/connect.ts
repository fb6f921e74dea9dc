import {
  type Delivery,
  type Executable,
  type ExecutableWorld,
  goLookupError,
  type Protocol,
} from '../../../../api';
import { parseDuration } from '../../../../base';
import { ephemeralPort } from '../../http';
import { executableName, option } from '../../program';

const FOREVER_MS = 127_000;
/** `agnhost connect HOST:PORT`: whether one may connect, in words that tests look for. */
export const connect: Executable = {
  step(state, _, world) {
    const ended = (err: string, code: number, afterMs = 0) =>
      ({ state, err, afterMs, next: { kind: 'exit', code } }) as const;
    const rest = world.argv.slice(executableName(world.argv) === 'connect' ? 1 : 2);
    const target = rest.find(
      (word, index) =>
        !word.startsWith('-') && !/^--?(?:timeout|protocol|udp-data|sctp-data)$/.test(rest[index - 1] ?? ''),
    );
    if (target === undefined) return ended('Error: accepts 1 arg(s), received 0\n', 1);
    const [, host, port] = /^\[?([^\]]+?)\]?:(\d+)$/.exec(target) ?? [];
    if (host === undefined || port === undefined)
      return ended(`UNKNOWN: address ${target}: missing port in address\n`, 1);
    const small = option(world.argv, 'protocol') ?? 'tcp';
    if (!/^(tcp|udp|sctp)$/.test(small)) return ended(`Unsupported protocol\n%!(EXTRA string=${small})`, 1);
    const found = world.lookup(host, 'go').outcome;
    const [ip] = found.addresses;
    if (ip === undefined) {
      const why = goLookupError(host, found.failure, () => `${world.podIP}:${ephemeralPort(world)}`);
      return ended(`DNS: ${why}\n`, 1, found.latencyMs);
    }
    const outcome = ask(world, small, ip, Number(port));
    const timeout = parseDuration(option(world.argv, 'timeout') ?? '0');
    const patience = typeof timeout === 'number' && timeout > 0 ? timeout : FOREVER_MS;
    const took = found.latencyMs + (outcome.kind === 'dropped' ? patience : outcome.latencyMs);
    const problem = problemOf(outcome, small, `${ip}:${port}`);
    return ended(problem === undefined ? '' : `${problem}\n`, problem === undefined ? 0 : 1, took);
  },
};

function ask(world: ExecutableWorld, small: string, ip: string, port: number): Delivery {
  const data = option(world.argv, `${small}-data`) ?? 'hostname';
  const request =
    small === 'tcp' ? ({ kind: 'connect' } as const) : ({ kind: 'bytes', text: `${data}\n` } as const);
  return world.send(ip, port, request, small.toUpperCase() as Protocol).outcome;
}

function problemOf(outcome: Delivery, small: string, to: string): string | undefined {
  const detail = (why: string) => (small === 'udp' ? `: read udp ->${to}: ${why}` : '');
  switch (outcome.kind) {
    case 'dropped':
      return `TIMEOUT${detail('i/o timeout')}`;
    case 'refused':
      return small === 'sctp' ? 'OTHER: connection refused' : `REFUSED${detail('read: connection refused')}`;
    case 'unreachable':
      return `OTHER: dial ${small} ${to}: connect: no route to host`;
    case 'delivered':
      return undefined;
  }
}
