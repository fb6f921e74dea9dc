export { awaitsInput } from './awaits-input';
export { hostFiles, listContainerFiles, writeContainerFiles } from './container-files';
export { type ContainerRegistry, createContainers } from './containers';
export { type Environment, environmentOf } from './environment';
export { createKubelet, hasKubelet, type Kubelet } from './kubelet';
export { withLines } from './log-lines';
export { mountsOf, shownMounts, splitChanges } from './mounts';
export type { TokenOf } from './volumes';
export { insideOf, type KubeletOptions } from './world';
