import type { Client } from '../api';
import { sha256Hex } from '../base';
import type { ContainerInside, Identity } from '../cluster';
import { createContainerFiles, type Machine, type MemoryFiles, newFilesState } from '../shell';

/** Whoever works on the cluster from the admin machine, as kubeadm's admin.conf says. */
export const ADMIN: Identity = {
  user: 'kubernetes-admin',
  groups: ['kubeadm:cluster-admins', 'system:authenticated'],
  // The certificate's fingerprint; the certificate itself is nowhere.
  extra: { 'authentication.kubernetes.io/credential-id': [`X509SHA256=${sha256Hex('kubernetes-admin')}`] },
};

/** The learner's home on the admin machine; the editor shows what is in it. */
export const HOME = '/home/learner';

/** The admin machine's files at the start: a home with the lab's files and a kubeconfig. */
export function adminFiles(labFiles: Readonly<Record<string, string>>, now: number) {
  const files: Record<string, string> = { [`${HOME}/.kube/config`]: KUBECONFIG };
  for (const [path, text] of Object.entries(labFiles)) files[`${HOME}/${path}`] = text;
  return newFilesState(['/bin', '/etc', '/tmp', '/usr/local/bin', HOME], { ...files, ...ETC }, now);
}

/** The machine the learner sits at: in the office, outside the cluster, with kubectl. */
export function adminMachine(files: MemoryFiles, client: Client): Machine {
  return {
    kind: 'admin',
    hostname: 'admin',
    user: 'learner',
    home: HOME,
    vantage: { kind: 'office' },
    files,
    environment: {
      HOME,
      USER: 'learner',
      LOGNAME: 'learner',
      SHELL: '/bin/bash',
      PATH: '/usr/local/bin:/usr/bin:/bin',
      HOSTNAME: 'admin',
      LANG: 'C.UTF-8',
      TERM: 'xterm-256color',
    },
    tools: 'all',
    shell: 'bash',
    client,
  };
}

/** The inside of a container as a machine: its own files, its image's tools, the Pod's place in the network. */
export function containerMachine(inside: ContainerInside, now: () => number, onWritten: () => void): Machine {
  return {
    kind: 'container',
    hostname: inside.hostname,
    user: 'root',
    home: '/root',
    vantage: { kind: 'pod', namespace: inside.namespace, name: inside.pod },
    files: createContainerFiles({
      image: inside.imageFiles,
      mounts: inside.mounts,
      written: inside.written,
      keep(written) {
        inside.keepWritten(written);
        onWritten();
      },
      now,
    }),
    environment: inside.environment,
    tools: inside.tools,
    executables: inside.executables,
    command: inside.command,
    signal: inside.signal,
    shell: inside.tools.includes('bash') ? 'bash' : inside.tools.includes('ash') ? 'ash' : 'sh',
    client: undefined,
  };
}

const ETC: Readonly<Record<string, string>> = {
  '/etc/hostname': 'admin\n',
  '/etc/hosts':
    '127.0.0.1 localhost\n192.168.50.100 admin\n192.168.50.10 control-plane\n192.168.50.11 worker-1\n192.168.50.12 worker-2\n',
  '/etc/resolv.conf': 'nameserver 192.168.50.1\nsearch office.example\n',
};

const KUBECONFIG = `apiVersion: v1
clusters:
- cluster:
    server: https://192.168.50.10:6443
  name: kubernetes
contexts:
- context:
    cluster: kubernetes
    user: kubernetes-admin
  name: kubernetes-admin@kubernetes
current-context: kubernetes-admin@kubernetes
kind: Config
users:
- name: kubernetes-admin
  user: {}
`;
