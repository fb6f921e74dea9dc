export { hostFiles } from './container-files';
export { type ContainerRegistry, createContainers } from './containers';
export { type Environment, environmentOf } from './environment';
export { createKubelet, hasKubelet, type Kubelet } from './kubelet';
export { mountsOf } from './volumes';
export type { CommandResult, KubeletOptions } from './world';
