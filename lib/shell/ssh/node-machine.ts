import { type Client, type Node, type Pod, StatusError } from '../../api';
import { createFiles, newFilesState } from '../files';
import type { Machine, World } from '../seams';

const NODES = { group: '', version: 'v1', resource: 'nodes' };
const PODS = { group: '', version: 'v1', resource: 'pods' };

/** The machine that a node is, for root at its shell. What is written to its files is gone when the last session ends. */
export async function nodeMachine(from: Machine, world: World, name: string): Promise<Machine> {
  const { client } = from;
  const node = client === undefined ? undefined : await seenNode(client, name);
  const files = newFilesState(
    ['/bin', '/etc', '/tmp', '/root', '/var/log'],
    filesOf(name, node),
    world.timer.now(),
  );
  return {
    kind: 'node',
    hostname: name,
    user: 'root',
    home: '/root',
    vantage: { kind: 'node', name },
    files: createFiles(files, () => world.timer.now()),
    environment: {
      HOME: '/root',
      USER: 'root',
      LOGNAME: 'root',
      SHELL: '/bin/bash',
      PATH: '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin',
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
    },
    tools: 'all',
    shell: 'bash',
    client: undefined,
    ...(client === undefined
      ? {}
      : {
          pods: async () => {
            const { items } = await client.list(PODS, '', { fieldSelector: `spec.nodeName=${name}` });
            return items as readonly Pod[];
          },
        }),
  };
}

/** The node's object, where whoever sits at the admin machine may see it: to log in takes no right in the cluster. */
async function seenNode(client: Client, name: string): Promise<Node | undefined> {
  try {
    return (await client.get(NODES, '', name)) as Node;
  } catch (error) {
    if (error instanceof StatusError) return undefined;
    throw error;
  }
}

/** A machine on the internet, with somebody's plain account on it. */
export function internetMachine(world: World): Machine {
  const name = 'vantage';
  const home = '/home/guest';
  const files = newFilesState(
    ['/bin', '/etc', '/tmp', home],
    { '/etc/hostname': `${name}\n` },
    world.timer.now(),
  );
  return {
    kind: 'node',
    hostname: name,
    user: 'guest',
    home,
    vantage: { kind: 'internet' },
    files: createFiles(files, () => world.timer.now()),
    environment: { HOME: home, USER: 'guest', SHELL: '/bin/bash', PATH: '/usr/bin:/bin', LANG: 'C.UTF-8' },
    tools: 'all',
    shell: 'bash',
    client: undefined,
  };
}

function filesOf(name: string, node: Node | undefined): Readonly<Record<string, string>> {
  const { osImage = 'Debian GNU/Linux 12 (bookworm)' } = node?.status?.nodeInfo ?? {};
  const ip = node?.status?.addresses?.find(({ type }) => type === 'InternalIP')?.address ?? '';
  return {
    '/etc/hostname': `${name}\n`,
    '/etc/hosts': `127.0.0.1\tlocalhost\n127.0.1.1\t${name}\n${ip}\t${name}\n`,
    '/etc/resolv.conf': 'nameserver 192.168.50.1\nsearch office.example\n',
    '/etc/os-release': `PRETTY_NAME="${osImage}"\nNAME="Debian GNU/Linux"\nVERSION_ID="12"\nVERSION_CODENAME=bookworm\nID=debian\n`,
    '/etc/crictl.yaml': 'runtime-endpoint: unix:///run/containerd/containerd.sock\n',
    '/proc/sys/net/ipv4/ip_forward': '1\n',
  };
}
