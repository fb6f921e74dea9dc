import type { CatalogueImage } from '../define-image';
import { appImages } from './app-images';
import { coredns } from './coredns';

import { agnhost, httpd, httpEcho, whoami } from './http-images';
import { ingressNginxImage } from './ingress-nginx';
import { mongo } from './mongo';
import { mysql } from './mysql';
import { nginx } from './nginx';
import { redis } from './redis';
import { alpine, busybox, curlImage, debian, netshoot, stressImage } from './shell-images';
import { controlPlane, kubeProxyImage, pause } from './system-images';

export { anyImage } from './any-image';

/** All images that a cluster of the course can pull. */
export const CATALOGUE: readonly CatalogueImage[] = [
  nginx,
  httpd,
  httpEcho,
  agnhost,
  whoami,
  busybox,
  alpine,
  debian,
  curlImage,
  netshoot,
  stressImage,
  pause,
  coredns,
  ingressNginxImage,
  kubeProxyImage,
  controlPlane,
  ...appImages,
  redis,
  mysql,
  mongo,
];
