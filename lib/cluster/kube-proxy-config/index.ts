export { defaultProxyConfig, type ProxyConfig } from './proxy-config';
export { CONFIG_PATH, type ReadConfig, readProxyConfig } from './read-config';
