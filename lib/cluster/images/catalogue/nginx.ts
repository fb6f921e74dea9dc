import { defineImage } from '../define-image';
import { nginxProgram } from '../programs/nginx';
import { isNginxControl, nginxControl } from '../programs/nginx-control';
import { ALPINE_TOOLS, DEBIAN_TOOLS } from '../tools';
import { NGINX_FILES } from './nginx-files';

/** The official nginx image. */
export const nginx = defineImage({
  names: ['nginx', 'nginxinc/nginx-unprivileged'],
  registries: ['docker.io', 'public.ecr.aws'],
  entrypoint: ['/docker-entrypoint.sh'],
  cmd: ['nginx', '-g', 'daemon off;'],
  programs: ['nginx-debug'],
  sizeBytes: 59_772_064,
  tools: [...DEBIAN_TOOLS, 'curl', 'openssl', 'envsubst'],
  files: NGINX_FILES,
  env: { NGINX_VERSION: '1.29.4', PKG_RELEASE: '1~trixie' },
  variant: (tag) =>
    tag.includes('alpine')
      ? { tools: [...ALPINE_TOOLS, 'curl', 'openssl', 'envsubst'], sizeBytes: 22_100_000 }
      : undefined,
  program: nginxProgram,
  serves: (argv) => !isNginxControl(argv),
  // Without `daemon off;` nginx goes to the background.
  daemonizes: (argv) => !argv.some((word) => word.includes('daemon off')),
  executables: { nginx: nginxControl },
});
