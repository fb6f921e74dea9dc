import type { Docs } from './docs';

/** Users, groups and what the kernel lets containers do (core/v1). */
export const securityDocs: Docs = {
  AppArmorProfile: {
    description: 'AppArmorProfile says which AppArmor profile confines a container.',
    fields: {
      localhostProfile: 'The profile loaded on the node, for type Localhost.',
      type: 'Where the profile comes from.',
    },
  },
  Capabilities: {
    description: 'Capabilities are single powers of root, such as NET_BIND_SERVICE.',
    fields: {
      add: "Capabilities that the container gets beside the runtime's usual ones.",
      drop: 'Capabilities that are taken away; ALL takes away every one.',
    },
  },
  PodSecurityContext: {
    description: 'PodSecurityContext sets users, groups and the like for all containers of a Pod.',
    fields: {
      appArmorProfile: 'The AppArmor profile of the containers.',
      fsGroup: "A group that owns the Pod's volumes and that all containers belong to.",
      fsGroupChangePolicy: 'When the owner of files in volumes is changed to fsGroup. Defaults to Always.',
      runAsGroup: 'The group that programs run as. Defaults to what the runtime says.',
      runAsNonRoot: 'Whether containers that would run as root (user 0) are refused. Defaults to false.',
      runAsUser: 'The user that programs run as. Defaults to that of the image.',
      seLinuxChangePolicy: 'How volumes get their SELinux label: MountOption (the default) or Recursive.',
      seLinuxOptions: 'The SELinux label of the containers.',
      seccompProfile: 'Which system calls the containers may make.',
      supplementalGroups: 'Further groups of the first program in each container.',
      supplementalGroupsPolicy: 'Whether groups from the image count, too. Defaults to Merge.',
      sysctls: 'Kernel settings of the Pod.',
      windowsOptions: 'Settings for Windows.',
    },
  },
  SELinuxOptions: {
    description: 'SELinuxOptions is an SELinux label.',
    fields: { level: 'The level.', role: 'The role.', type: 'The type.', user: 'The user.' },
  },
  SeccompProfile: {
    description: 'SeccompProfile says which system calls may be made.',
    fields: {
      localhostProfile:
        "The file with the profile, below the kubelet's seccomp directory, for type Localhost.",
      type: 'Where the profile comes from.',
    },
  },
  SecurityContext: {
    description:
      "SecurityContext sets user, capabilities and the like for one container. It wins over the Pod's.",
    fields: {
      allowPrivilegeEscalation:
        'Whether a program may gain more power than the one that started it. Defaults to true.',
      appArmorProfile: 'The AppArmor profile of the container.',
      capabilities: 'Powers of root to add or take away.',
      privileged: 'Whether the container may do whatever root on the node may. Defaults to false.',
      procMount: 'How much of /proc is shown. Defaults to Default.',
      readOnlyRootFilesystem: "Whether the container's own files can only be read. Defaults to false.",
      runAsGroup: "The group that the program runs as. Defaults to the Pod's.",
      runAsNonRoot:
        "Whether the container is refused when it would run as root (user 0). Defaults to the Pod's.",
      runAsUser: "The user that the program runs as. Defaults to the Pod's, else that of the image.",
      seLinuxOptions: 'The SELinux label of the container.',
      seccompProfile: "Which system calls the container may make. Defaults to the Pod's.",
      windowsOptions: 'Settings for Windows.',
    },
  },
  Sysctl: {
    description: 'Sysctl is a kernel setting.',
    fields: { name: 'The name of the setting, such as net.ipv4.ip_local_port_range.', value: 'Its value.' },
  },
  WindowsSecurityContextOptions: {
    description: 'WindowsSecurityContextOptions holds settings for Windows.',
    fields: {
      gmsaCredentialSpec: 'The credential specification of a managed service account, in full.',
      gmsaCredentialSpecName: 'The name of a credential specification.',
      hostProcess: 'Whether the container runs as a process of the host. All containers of a Pod must agree.',
      runAsUserName: 'The user that the program runs as. Defaults to that of the image.',
    },
  },
};
