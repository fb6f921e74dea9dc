export { killContainer, rebootPods } from './break';
export { hostFiles, listContainerFiles, writeContainerFiles } from './container-files';
export { type ContainerRegistry, createContainers } from './containers';
export { type Environment, environmentOf } from './environment';
export { createKubelet, hasKubelet, type Kubelet } from './kubelet';
export { mountsOf, shownMounts, splitChanges } from './mounts';
export { createNodeStatus } from './node-status';
export { insideOf, type KubeletOptions } from './world';
