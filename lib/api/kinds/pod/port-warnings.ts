import type { Container } from '../../types';

type Port = NonNullable<Container['ports']>[number];

/** A container and the path of its field. */
export interface Placed {
  readonly container: Container;
  readonly at: string;
}

/** Ports of a Pod that are said twice, or that cannot be told apart. */
export function portWarnings(containers: readonly Placed[]): readonly string[] {
  const seen: { readonly port: Port; readonly at: string }[] = [];
  return containers.flatMap(({ container, at }) =>
    (container.ports ?? []).flatMap((port, index) => {
      const field = `${at}.ports[${index}]`;
      const others = seen.filter((each) => keyOf(each.port) === keyOf(port));
      seen.push({ port, at: field });
      return others.flatMap((other) => {
        const how = conflict(port, other.port);
        return how === undefined ? [] : [`${field}: ${how} port definition with ${other.at}`];
      });
    }),
  );
}

const keyOf = ({ containerPort, protocol = 'TCP' }: Port): string => `${containerPort}/${protocol}`;

function conflict(a: Port, b: Port): string | undefined {
  const [host, other] = [a.hostPort ?? 0, b.hostPort ?? 0];
  const [ip, otherIp] = [a.hostIP ?? '', b.hostIP ?? ''];
  if (host === other && ip === otherIp) return 'duplicate';
  if (host === 0 || other === 0) return 'overlapping';
  return host === other && (ip === '') !== (otherIp === '') ? 'dangerously ambiguous' : undefined;
}
