import type { Json } from '../../../api';
import { type CatalogueImage, defineImage } from '../define-image';
import { exits, type Program } from '../program';
import { stress } from '../programs/stress';
import { ALPINE_TOOLS, BUSYBOX_TOOLS, DEBIAN_TOOLS } from '../tools';

/** Images that are a shell and some tools have no program of their own. */
const nothing: Program<Json> = {
  start: (env) => exits(127, `${env.argv[0]}: not found`),
  listens: () => [],
  serve: (state) => ({ state, reply: { kind: 'closed', why: 'reset' } }),
};

const CURL_FLAGS = "curl: try 'curl --help' or 'curl --manual' for more information";

/** busybox: applets and nothing else. */
export const busybox: CatalogueImage = defineImage({
  names: ['busybox'],
  entrypoint: [],
  cmd: ['sh'],
  sizeBytes: 2_224_229,
  tools: BUSYBOX_TOOLS,
  program: nothing,
});

/** Alpine Linux. */
export const alpine: CatalogueImage = defineImage({
  names: ['alpine'],
  entrypoint: [],
  cmd: ['/bin/sh'],
  sizeBytes: 3_802_452,
  tools: ALPINE_TOOLS,
  program: nothing,
});

/** Debian and Ubuntu. */
export const debian: CatalogueImage = defineImage({
  names: ['debian', 'ubuntu'],
  entrypoint: [],
  cmd: ['bash'],
  sizeBytes: 48_500_000,
  tools: DEBIAN_TOOLS,
  program: nothing,
});

/** curl on Alpine; its entrypoint is curl's. */
export const curlImage: CatalogueImage = defineImage({
  names: ['curlimages/curl'],
  registries: ['docker.io', 'quay.io'],
  entrypoint: ['/entrypoint.sh'],
  cmd: ['curl'],
  programs: ['entrypoint.sh'],
  sizeBytes: 9_300_000,
  tools: [...ALPINE_TOOLS.filter((tool) => tool !== 'apk'), 'curl'],
  program: { ...nothing, start: () => exits(2, CURL_FLAGS) },
});

/** Every network tool one may want. */
export const netshoot: CatalogueImage = defineImage({
  names: ['nicolaka/netshoot'],
  entrypoint: [],
  cmd: ['zsh'],
  programs: ['zsh'],
  sizeBytes: 203_000_000,
  tools: [
    ...ALPINE_TOOLS,
    ...'bash zsh curl dig host tcpdump jq conntrack ipset iptables iptables-save ipvsadm ss mtr'.split(' '),
  ],
  // Without a terminal its shell reads the end of its input and is done.
  program: { ...nothing, start: () => exits(0) },
});

/** The image with which the documentation shows what memory limits do. */
export const stressImage = defineImage({
  names: ['polinux/stress'],
  entrypoint: [],
  cmd: ['stress'],
  programs: ['stress'],
  sizeBytes: 4_041_495,
  tools: ALPINE_TOOLS,
  program: stress,
});
