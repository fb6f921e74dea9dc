export { bindVolume } from './bind';
export { claimNames, findClass, NO_PROVISIONER, SELECTED_NODE, waitsForConsumer } from './classes';
export { localPathProvisioner } from './local-path';
export { findVolume, reachesNode } from './match-volume';
export { claimProtection, volumeProtection } from './protection';
export { volumeBinder } from './volume-binder';
